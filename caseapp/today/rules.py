"""Pure decisions about the day: what is whose, when it is due, how much somebody has to do."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from caseapp.caseloads.filters import WHEN, when_due
from caseapp.caseloads.open_cases import OpenCase
from caseapp.cases.contributions import Due

# Lines of each part of the page; the rest is one link away.
SHOWN_FIRST = {"overdue": 15, "today": 15, "week": 15, "later": 5}

Whose = Callable[[OpenCase, Due], bool]


@dataclass(frozen=True)
class DuePart:
    """What is due at one time: the first lines, and how many there are."""

    when: str  # a code of WHEN
    lines: tuple[Due, ...]
    total: int


@dataclass
class Workload:
    """What one advocate has: open cases by risk, and what is overdue."""

    advocate_id: UUID | None
    cases: int = 0
    overdue: int = 0
    by_risk: Counter[str] = field(default_factory=Counter)


def owner_of(due: Due, advocate_id: UUID | None, at_work: Collection[UUID]) -> UUID | None:
    """Whom it was given to, as long as they work in the team of the case; otherwise whoever has the
    case. So nothing is lost with somebody who left, or with a case that changed teams."""
    return due.owner_id if due.owner_id in at_work else advocate_id


def is_mine(user_id: UUID, at_work: Collection[UUID]) -> Whose:
    """Given to this advocate, or of a case of theirs and given to nobody else at work."""

    def whose(case: OpenCase, due: Due) -> bool:
        return not due.for_manager and owner_of(due, case.advocate_id, at_work) == user_id

    return whose


def is_for_manager(user_id: UUID) -> Whose:
    """What any manager of the team decides, and what was given to this one."""
    return lambda _case, due: due.for_manager or due.owner_id == user_id


def is_for_others(user_id: UUID) -> Whose:
    """What the rest of the team has to do."""
    return lambda _case, due: not due.for_manager and due.owner_id != user_id


def dues_of(cases: Iterable[OpenCase], whose: Whose) -> list[Due]:
    """The soonest first; on one day those of the higher risk first."""
    found = [(due.on, case.risk_level, case.id, due) for case in cases for due in case.dues
             if whose(case, due)]  # fmt: skip
    found.sort(key=lambda each: each[:3])
    return [due for *_, due in found]


def by_time(dues: Iterable[Due], day: date) -> dict[str, list[Due]]:
    """The dues under each code of WHEN, which is worked out on the day that they are read."""
    parts: dict[str, list[Due]] = {when: [] for when in WHEN}
    for due in dues:
        parts[when_due(due.on, day)].append(due)
    return parts


def first_lines(parts: dict[str, list[Due]]) -> Iterator[DuePart]:
    """The parts of the page that have anything in them."""
    for when, dues in parts.items():
        if dues:
            yield DuePart(when, tuple(dues[: SHOWN_FIRST[when]]), len(dues))


def risks_of(cases: Iterable[OpenCase]) -> Counter[str]:
    return Counter(case.risk_level for case in cases)


def gaps_of(cases: Iterable[OpenCase]) -> list[tuple[str, int]]:
    """(code of the list `gap`, how many cases), the commonest first."""
    found = Counter(gap for case in cases for gap in case.gaps)
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def workloads(
    cases: Iterable[OpenCase],
    day: date,
    advocates: Collection[UUID] = (),
    at_work: Collection[UUID] = (),
) -> list[Workload]:
    """One for each of the advocates, for each with a case or something overdue, and for nobody
    where cases wait for an advocate. Something overdue counts for its owner."""
    found: dict[UUID | None, Workload] = {each: Workload(each) for each in advocates}
    for case in cases:
        load = found.setdefault(case.advocate_id, Workload(case.advocate_id))
        load.cases += 1
        load.by_risk[case.risk_level] += 1
        for due in case.dues:
            if due.on < day and not due.for_manager:
                owner_id = owner_of(due, case.advocate_id, at_work)
                found.setdefault(owner_id, Workload(owner_id)).overdue += 1
    return list(found.values())


def page_of(lines: Sequence[Due], page: int, size: int) -> tuple[tuple[Due, ...], int, int]:
    """(the lines, the page that they are, how many pages): never beyond the last."""
    pages = max(1, -(-len(lines) // size))
    page = min(max(page, 1), pages)
    return tuple(lines[(page - 1) * size : page * size]), page, pages
