"""What other rooms add to the case page: entries of the timeline and tabs.

The rooms above (plans, referrals) register here, so that this room need not know them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from caseapp.access.permissions import Permission
from caseapp.cases.models import Case


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened, as the timeline shows it."""

    title: str
    at: datetime | date
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


timeline_sources: list[Callable[[Case], Iterable[TimelineEntry]]] = []
tabs: list[CaseTab] = []


def register_timeline(source: Callable[[Case], Iterable[TimelineEntry]]) -> None:
    if source not in timeline_sources:
        timeline_sources.append(source)


def register_tab(tab: CaseTab) -> None:
    if tab not in tabs:
        tabs.append(tab)
