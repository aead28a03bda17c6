"""Choosing cases for a pack from the team's open ones: filters, pages, and what is ticked. The
choice travels with the page, so it needs no script and is stored nowhere before it is made."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.caseloads.filters import Wanted, in_order, read_wanted
from caseapp.caseloads.open_cases import OpenCase

PAGE_SIZE = 50
OVERDUE = "overdue"
ASKED = ("risk", "theme", "advocate")  # questions that lists of cases ask in the same words


@dataclass(frozen=True)
class Narrowed:
    """Which of the open cases are shown to be ticked."""

    wanted: Wanted
    service: str = ""
    review: str = ""  # "overdue": the review of a safety plan is

    def fitting(self, cases: Iterable[OpenCase], day: date) -> list[UUID]:
        """By name."""
        of_service = (case for case in cases if not self.service or case.service == self.service)
        return in_order(of_service, self.wanted, day)


@dataclass(frozen=True)
class Choice:
    """One page of the cases that fit, and everything that is chosen, on this page or not."""

    shown: tuple[UUID, ...]
    total: int
    page: int
    chosen: frozenset[UUID]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def elsewhere(self) -> str:
        return " ".join(sorted(str(each) for each in self.chosen.difference(self.shown)))


def narrowed_by(given: Mapping[str, str]) -> Narrowed:
    """A code that nobody knows is left out."""
    review = OVERDUE if given.get("review") == OVERDUE else ""
    codes = {name: given.get(name, "") for name in ASKED} | {"sort": "name"}
    due = {"due": "plan_review", "when": OVERDUE} if review else {}
    wanted, _ = read_wanted(codes | due)
    return Narrowed(wanted, given.get("service", ""), review)


def page_of(fitting: Sequence[UUID], chosen: Collection[UUID], page: int) -> Choice:
    """A page beyond the last one is the last."""
    last = Choice((), len(fitting), 1, frozenset()).pages
    page = min(max(page, 1), last)
    shown = tuple(fitting[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    return Choice(shown, len(fitting), page, frozenset(chosen))


def ids_in(texts: Iterable[str]) -> set[UUID]:
    """Whatever is no id is passed over."""
    return {found for text in texts if (found := _id(text))}


def by_name(cases: Mapping[UUID, OpenCase], chosen: Collection[UUID]) -> list[UUID]:
    """Those of the chosen that are open cases of the team, in the order of their names."""
    found = [cases[each] for each in chosen if each in cases]
    return [case.id for case in sorted(found, key=lambda case: (case.name, case.id))]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
