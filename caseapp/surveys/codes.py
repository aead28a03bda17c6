"""One-use codes: what one looks like, drawing some to give away, and who may answer with one.

A code is 80 random bits. The database keeps a keyed hash of it, and the facts sealed under the code
itself: only its bearer and this home together can open them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from msgspec.structs import replace

from caseapp.clock import today
from caseapp.surveys import stack
from caseapp.surveys.facts import Facts, wrong_facts
from caseapp.surveys.months import VALID_MONTHS, first_of
from caseapp.surveys.traces import wipe_soon

MOST_AT_ONCE = 500
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "\u2013": "", "\u2010": ""})


class CodesRefused(Exception):
    """No code is given for this; one plain line."""


class Closed(StrEnum):
    """Why a code opens nothing."""

    USED = "used"  # or there never was such a code: nothing is kept that could tell
    EXPIRED = "expired"


@dataclass(frozen=True)
class Bearer:
    """Somebody with a code that is good, and what it says of them."""

    code: str
    facts: Facts


def draw(facts: Facts, number: int = 1) -> list[str]:
    """New codes in clear, kept nowhere; the caller commits. Raises CodesRefused.

    Each is taken from the stack at random, so that no order of rows says when one was given.
    """
    facts = replace(facts, theme=tuple(sorted(facts.theme)))
    if wrong := next(wrong_facts(facts), ""):
        raise CodesRefused(f"The code for {wrong} is not known")
    if not 1 <= number <= MOST_AT_ONCE:
        raise CodesRefused(f"Between 1 and {MOST_AT_ONCE} codes can be made at once")
    try:
        codes = stack.give(facts, number, first_of(today(), VALID_MONTHS))
    except ValueError:
        raise CodesRefused("These are more facts than a code can hold") from None
    wipe_soon()
    return codes


def as_typed(code: str) -> str:
    """In fours, as it stands on paper: K7FM-1234-ABCD-90XY."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read_typed(text: str) -> str | None:
    """The code that somebody typed: case, spaces, hyphens, O for 0, I or L for 1 are forgiven. None
    for what cannot be one."""
    code = "".join(text.split()).upper().translate(ALIKE)
    return code if len(code) == stack.LENGTH and set(code) <= set(stack.ALPHABET) else None


def bearer_of(typed: str) -> Bearer | Closed:
    """Who holds this code, asked without a lock and without leaving a trace."""
    code = read_typed(typed)
    found = stack.look_up(code) if code else None
    if code is None or found is None:
        return Closed.USED
    facts, expires = found
    return Closed.EXPIRED if date.fromisoformat(expires) <= today() else Bearer(code, facts)


def spend(bearer: Bearer) -> bool:
    """Take the code away with the answers that it brought; False where somebody was quicker."""
    return stack.take_away(bearer.code)


__all__ = [
    "Bearer", "Closed", "CodesRefused", "Facts", "as_typed", "bearer_of", "draw", "read_typed",
    "spend",
]  # fmt: skip
