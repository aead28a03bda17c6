"""An open case as the index in memory holds it: what filters, orders and Today ask for."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due, contact_sources, due_sources, gap_sources
from caseapp.cases.models import Case
from caseapp.cases.reading import read_heads
from caseapp.people.models import NeedsFlag, Person
from caseapp.vault.errors import CannotOpen
from caseapp.vault.folding import fold_name

BATCH = 500  # case and person: a thousand keys at a time, far below what the vault keeps
UNREADABLE = "unreadable"  # a code of the list `gap`
CASES = Case.__table__

Value = TypeVar("Value")
Same = dict[Any, Any]  # equal values are kept once: ten thousand cases share few days and workers


@dataclass(frozen=True, slots=True, repr=False)
class OpenCase:
    """One open case. It holds a name, so it is never shown, logged or stored."""

    id: UUID
    team_id: UUID
    advocate_id: UUID | None
    service: str
    risk_level: str
    name: str  # folded: it is for order alone
    person_id: UUID | None = None
    themes: tuple[str, ...] = ()
    opened_on: date = date.min
    next_review_on: date | None = None
    contact_on: date | None = None  # when somebody last spoke with the person
    needs: tuple[str, ...] = ()  # the lists that hold a need of theirs, of today
    dues: tuple[Due, ...] = ()
    gaps: tuple[str, ...] = ()


def read_open_cases(session: Session, ids: Sequence[UUID], same: Same) -> Iterator[OpenCase]:
    """The open ones among these cases, in a constant number of queries for each batch."""
    for start in range(0, len(ids), BATCH):
        yield from _read_batch(session, ids[start : start + BATCH], same)


def ids_of_open_cases(session: Session) -> list[UUID]:
    return list(session.scalars(select(CASES.c.id).where(CASES.c.status == "open")))


def _read_batch(session: Session, ids: Sequence[UUID], same: Same) -> list[OpenCase]:
    """Threat: one damaged record that keeps every list of the house from being made. It is told
    apart by reading the batch again, one by one, and is shown as what it is."""
    try:
        return list(_read(session, ids, same))
    except (CannotOpen, LookupError):
        if len(ids) == 1:
            return list(_unreadable(session, ids))
        return [case for each in ids for case in _read_batch(session, [each], same)]


def _read(session: Session, ids: Sequence[UUID], same: Same) -> Iterator[OpenCase]:
    found = [each for each in read_heads(session, Case, "id", ids) if each[0]["status"] == "open"]
    cases = [row["id"] for row, _ in found]
    people = {row["person_id"] for row, _ in found}
    names = {row["id"]: _folded(head) for row, head in read_heads(session, Person, "id", people)}
    needs = _needs(session, people)
    dues = _by_case(session, cases, due_sources, lambda due: due.case_id, lambda due: due)
    gaps = _by_case(session, cases, gap_sources, lambda gap: gap[0], lambda gap: gap[1])
    contacts = _by_case(session, cases, contact_sources, lambda day: day[0], lambda day: day[1])
    for row, head in found:
        yield OpenCase(
            id=row["id"],
            team_id=_once(same, row["team_id"]),
            advocate_id=_once(same, row["advocate_id"]),
            service=_once(same, row["service"]),
            risk_level=_once(same, row["risk_level"]),
            name=names[row["person_id"]],
            person_id=row["person_id"],
            themes=_once(same, head.themes),
            opened_on=_once(same, head.opened_on),
            next_review_on=_once(same, head.next_review_on),
            contact_on=_once(same, max(contacts[row["id"]], default=None)),
            needs=_once(same, tuple(sorted(needs[row["person_id"]]))),
            dues=tuple(sorted(dues[row["id"]], key=lambda due: (due.on, due.kind, due.what))),
            gaps=_once(same, tuple(sorted(gaps[row["id"]]))),
        )


def _needs(session: Session, people: Collection[UUID]) -> dict[UUID, set[str]]:
    needs: dict[UUID, set[str]] = defaultdict(set)
    for row, head in read_heads(session, NeedsFlag, "person_id", people):
        if head.ended_on is None and head.code != "none":
            needs[row["person_id"]].add(head.list_name)
    return needs


def _by_case(
    session: Session,
    cases: Collection[UUID],
    sources: Iterable[Callable[[Session, Collection[UUID]], Iterable[Any]]],
    case_of: Callable[[Any], UUID],
    value_of: Callable[[Any], Value],
) -> dict[UUID, list[Value]]:
    found: dict[UUID, list[Value]] = defaultdict(list)
    for source in sources:
        for each in source(session, cases):
            found[case_of(each)].append(value_of(each))
    return found


def _unreadable(session: Session, ids: Sequence[UUID]) -> Iterator[OpenCase]:
    """By its plain columns alone: whoever opens its page meets the fault there."""
    columns = (CASES.c.id, CASES.c.team_id, CASES.c.advocate_id, CASES.c.service)
    query = select(*columns, CASES.c.risk_level).where(CASES.c.id.in_(ids))
    for row in session.execute(query.where(CASES.c.status == "open")):
        yield OpenCase(*row, name="", gaps=(UNREADABLE,))


def _folded(head: Any) -> str:
    return fold_name(f"{head.given_name} {head.family_name}")


def _once(same: Same, value: Value) -> Value:
    kept: Value = same.setdefault(value, value)
    return kept
