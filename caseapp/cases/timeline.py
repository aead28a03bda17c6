"""The timeline of a case: everything that happened, newest first, from every room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from caseapp.accounts.queries import names_of
from caseapp.cases.contributions import TimelineEntry, timeline_sources
from caseapp.cases.models import Case
from caseapp.reference import label_of


def timeline_of(case: Case) -> Sequence[TimelineEntry]:
    """Newest first; the names of all workers are looked up at once."""
    entries = [*_of_case(case), *(entry for source in timeline_sources for entry in source(case))]
    entries.sort(key=lambda entry: _moment(entry.at), reverse=True)
    names = names_of({entry.author_id for entry in entries if entry.author_id})
    return [replace(entry, by=_name(names, entry)) for entry in entries]


def _of_case(case: Case) -> Iterable[TimelineEntry]:
    yield TimelineEntry(title="Case opened", at=case.head.opened_on)
    if case.head.closed_on:
        reason = label_of("closure_reason", case.head.closure_reason)
        yield TimelineEntry(
            title=f"Case closed: {reason}", at=case.head.closed_on, body=case.body.closure_note
        )


def _moment(at: datetime | date) -> datetime:
    return at if isinstance(at, datetime) else datetime.combine(at, time.min, UTC)


def _name(names: Mapping[UUID, str], entry: TimelineEntry) -> str:
    return names[entry.author_id] if entry.author_id else entry.by
