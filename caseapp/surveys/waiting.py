"""Answers that wait until there are enough: one sealed box, written anew in a new order with each.

No answer has a row, a number or a time in it. The box is as long as the next power of two.
"""

from collections import defaultdict
from collections.abc import Sequence
from secrets import SystemRandom
from typing import Any

from msgspec import Struct
from sqlalchemy import select, update

from caseapp.database import db
from caseapp.surveys.facts import Facts
from caseapp.surveys.models import WaitingBox, insert_missing
from caseapp.surveys.padding import open_padded, seal_in_a_power

LABEL = "survey answers that wait"
SMALLEST = 16_384
THE_ONE = 1
BOXES: Any = WaitingBox.__table__


class Waiting(Struct, frozen=True, kw_only=True):
    """What one person said. `ticket`: random, tells nothing; `facts`: as far as enough of those in
    the box share them; `said`: (question, language, text)."""

    ticket: str
    facts: Facts
    answers: tuple[tuple[str, str], ...] = ()
    said: tuple[tuple[str, str, str], ...] = ()


class Box(Struct, frozen=True, kw_only=True):
    """`let_out_in`: the month (YYYY-MM) in which it was last gone through, "" for never."""

    waiting: tuple[Waiting, ...] = ()
    let_out_in: str = ""


def take_box() -> Box:
    """The box, held against everybody else until the end of the transaction. Raises CannotOpen."""
    db.session.execute(insert_missing(BOXES), {"number": THE_ONE, "content": b""})
    content = db.session.scalars(select(BOXES.c.content).with_for_update()).one()
    return open_padded(LABEL, content, Box) if content else Box()


def put_back(waiting: Sequence[Waiting], let_out_in: str) -> None:
    """Write the box anew, in an order that chance gives."""
    shuffled = SystemRandom().sample(waiting, len(waiting))
    box = Box(waiting=tuple(shuffled), let_out_in=let_out_in)
    db.session.execute(update(BOXES).values(content=seal_in_a_power(LABEL, box, SMALLEST)))


def pools(waiting: Sequence[Waiting]) -> list[list[Waiting]]:
    """Those that were asked the same stand together: what was asked can be seen in the answers."""
    found: dict[tuple[str, int], list[Waiting]] = defaultdict(list)
    for each in waiting:
        found[each.facts.questionnaire, each.facts.version].append(each)
    return list(found.values())
