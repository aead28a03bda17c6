"""What other rooms add to the pages about cases: the timeline, tabs, what is due, what is missing.

The rooms above register here, so that this room need not know them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.cases.models import Case
from caseapp.people.models import PersonBody, PersonHead


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened, as the timeline shows it."""

    title: str
    at: datetime | date
    author_id: UUID | None = None  # the names of all authors are looked up at once
    by: str = ""
    body: str = ""
    url: str = ""
    tag: str = ""
    warning: str = ""


@dataclass(frozen=True)
class CaseTab:
    """A page about the case: its label, endpoint (which takes case_id) and who may see it."""

    label: str
    endpoint: str
    permission: Permission


@dataclass(frozen=True)
class CaseAction:
    """A link in the list of actions of the case page; only while the case is open."""

    label: str
    endpoint: str
    permission: Permission


@dataclass(frozen=True, slots=True, repr=False)
class Due:
    """Something that has to be done about an open case by a day. Kept in memory alone."""

    case_id: UUID
    kind: str  # a code of the list due_kind
    on: date
    what: str = ""  # typed words, where the kind alone does not say it
    owner_id: UUID | None = None  # None: whoever the case is allocated to
    for_manager: bool = False  # for whoever leads the team, and not for the advocate
    before_closing: bool = False  # the case stays open, and in sight, until it is done
    endpoint: str = "cases.show_case"  # where it is done; takes case_id, and `values`
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CasePanel:
    """Something at the top of the case page: a template, which gets `case` and `panel`, and a
    function that gives the values of `panel`; None leaves it out."""

    template: str
    values_of: Callable[[Case], dict[str, Any] | None]


@dataclass(frozen=True)
class HarmEvent:
    """Something that was done to the person of a case, for judging risk. Kept in memory alone."""

    case_id: UUID
    on: date
    what: str  # a few words, without a name
    is_domestic: bool
    perpetrator_id: UUID | None = None  # of the same case; None: not known


# Each takes the ids of open cases, at most 1,000 at a time, on a session that may be a snapshot.
DueSource = Callable[[Session, Collection[UUID]], Iterable[Due]]
# (case, code of the list `gap`): what a record should hold and does not.
GapSource = Callable[[Session, Collection[UUID]], Iterable[tuple[UUID, str]]]
# (case, a day on which somebody spoke with the person); the newest counts.
ContactSource = Callable[[Session, Collection[UUID]], Iterable[tuple[UUID, date]]]
# The cases may be closed ones too: what happened before the last episode counts.
HarmSource = Callable[[Session, Collection[UUID]], Iterable[HarmEvent]]
# (id, name) of those who are said to have done something to the person: only where the actor may
# see alleged perpetrators.
AllegedSource = Callable[[Case], Iterable[tuple[UUID, str]]]
TimelineSource = Callable[[Case], Iterable[TimelineEntry]]
# (question, message) where the new details of a person cannot be saved, else None.
PersonRefusal = Callable[[Case, PersonHead, PersonBody], tuple[str, str] | None]
# Called in the transaction that changed who the person of a case is.
PersonWatch = Callable[[Case, Actor], None]
# Called in the transaction in which something happened that the person's plan may no longer fit;
# with a code of the list plan_review_reason.
TurnWatch = Callable[[Case, str, Actor], None]
# Which of these texts, by position, name somebody who is said to have harmed the person of the
# case; whoever asks learns nothing else. With each a mark, by which a worker may say that this very
# text names somebody else; "" where it cannot be anybody else.
NamingCheck = Callable[[Case, Sequence[str]], Mapping[int, str]]
# The names of the children who live with the person of the case.
ChildrenSource = Callable[[Case], Iterable[str]]
Thing = TypeVar("Thing")

timeline_sources: list[TimelineSource] = []
page_kinds: list[Any] = []
tabs: list[CaseTab] = []
case_actions: list[CaseAction] = []
panels: list[CasePanel] = []
due_sources: list[DueSource] = []
gap_sources: list[GapSource] = []
person_refusals: list[PersonRefusal] = []
person_watches: list[PersonWatch] = []
harm_sources: list[HarmSource] = []
alleged_sources: list[AllegedSource] = []
contact_sources: list[ContactSource] = []
turn_watches: list[TurnWatch] = []
naming_checks: list[NamingCheck] = []
children_sources: list[ChildrenSource] = []


def register_timeline(source: TimelineSource, *kinds: Any) -> None:
    """`kinds`: the models that the source asks rows_in for, and the panels of the room. The case
    page reads them all at once; none may need an entry of its own in the audit to be read."""
    _add(timeline_sources, source)
    for kind in kinds:
        _add(page_kinds, kind)


def register_tab(tab: CaseTab) -> None:
    _add(tabs, tab)


def register_action(action: CaseAction) -> None:
    _add(case_actions, action)


def register_panel(panel: CasePanel) -> None:
    _add(panels, panel)


def register_due(source: DueSource) -> None:
    _add(due_sources, source)


def register_gap(source: GapSource) -> None:
    _add(gap_sources, source)


def register_contact(source: ContactSource) -> None:
    _add(contact_sources, source)


def register_harm(source: HarmSource) -> None:
    _add(harm_sources, source)


def register_alleged(source: AllegedSource) -> None:
    _add(alleged_sources, source)


def register_person_refusal(refusal: PersonRefusal) -> None:
    _add(person_refusals, refusal)


def register_person_watch(watch: PersonWatch) -> None:
    _add(person_watches, watch)


def register_turn_watch(watch: TurnWatch) -> None:
    _add(turn_watches, watch)


def register_naming_check(check: NamingCheck) -> None:
    _add(naming_checks, check)


def register_children(source: ChildrenSource) -> None:
    _add(children_sources, source)


def tell_turn(case: Case, what: str, by: Actor) -> None:
    """Say that a code of plan_review_reason happened to the person of an open case. To be called
    after the entry in the audit of what happened: a watch that writes adds its own."""
    for watch in turn_watches:
        watch(case, what, by)


def naming_marks(case: Case, texts: Sequence[str]) -> dict[int, str]:
    """The positions of the texts that name an alleged perpetrator of the case, each with the mark
    by which a worker may say that it is somebody else. A mark holds for that text alone, and only
    for what it names today: words that come to name somebody later have another one."""
    return {place: mark for check in naming_checks for place, mark in check(case, texts).items()}


def naming_somebody(
    case: Case, texts: Sequence[str], somebody_else: Collection[str] = ()
) -> frozenset[int]:
    """The positions alone. `somebody_else`: the marks that a worker confirmed."""
    marks = naming_marks(case, texts).items()
    return frozenset(place for place, mark in marks if not mark or mark not in somebody_else)


def names_of_children(case: Case) -> list[str]:
    return [name for source in children_sources for name in source(case)]


def _add(known: list[Thing], thing: Thing) -> None:
    """Once: an app may be made many times in one process."""
    if thing not in known:
        known.append(thing)
