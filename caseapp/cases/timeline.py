"""The timeline of a case: everything that happened, newest first, from every room."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from uuid import UUID

from flask import url_for

from caseapp.cases.contributions import TimelineEntry, timeline_sources
from caseapp.cases.models import Case, Incident, Note, RiskJudgement
from caseapp.cases.queries import incidents_of, notes_of, risk_judgements_of
from caseapp.reference import label_of

Names = Callable[[Iterable[UUID]], dict[UUID, str]]


def timeline_of(case: Case, names_of: Names, *, may_edit: bool) -> list[TimelineEntry]:
    """Entries newest first; `names_of` gives workers' names by their ids."""
    notes, incidents, judgements = notes_of(case), incidents_of(case), risk_judgements_of(case)
    authors = {row.author_id for rows in (notes, incidents, judgements) for row in rows}
    names = names_of(authors)
    entries = [
        *_of_case(case),
        *(_of_note(note, names[note.author_id]) for note in notes),
        *(_of_incident(each, names[each.author_id], may_edit=may_edit) for each in incidents),
        *(_of_judgement(judgement, names[judgement.author_id]) for judgement in judgements),
        *(entry for source in timeline_sources for entry in source(case)),
    ]
    return sorted(entries, key=lambda entry: _moment(entry.at), reverse=True)


def _of_case(case: Case) -> Iterable[TimelineEntry]:
    yield TimelineEntry(title="Case opened", at=case.head.opened_on)
    if case.head.closed_on:
        reason = label_of("closure_reason", case.head.closure_reason)
        yield TimelineEntry(
            title=f"Case closed: {reason}", at=case.head.closed_on, body=case.body.closure_note
        )


def _of_incident(incident: Incident, by: str, *, may_edit: bool) -> TimelineEntry:
    url = url_for("cases.edit_incident", case_id=incident.case_id, incident_id=incident.id)
    return TimelineEntry(
        title=f"Incident: {label_of('offence', incident.head.offence)}",
        at=incident.head.happened_on,
        by=by,
        body="\n\n".join(filter(None, (incident.body.description, _outcome(incident)))),
        url=url if may_edit else "",
    )


def _of_judgement(judgement: RiskJudgement, by: str) -> TimelineEntry:
    return TimelineEntry(
        title=f"Risk judged: {label_of('risk_level', judgement.head.level)}",
        at=judgement.head.judged_on,
        by=by,
        body=judgement.body.reasons,
    )


def _of_note(note: Note, by: str) -> TimelineEntry:
    kind = label_of("note_type", note.head.type)
    return TimelineEntry(
        title=f"{kind}: {label_of('contact_outcome', note.head.contact_outcome)}",
        at=note.head.at,
        by=by,
        body=_texts(note),
        tag="Third-party information" if note.head.is_third_party else "",
        warning="It was not safe to talk" if note.body.safe_to_talk is False else "",
    )


def _texts(note: Note) -> str:
    body = note.body
    due = f" by {body.next_action_on:%-d %B %Y}" if body.next_action_on else ""
    parts = [
        body.fact,
        f"Worker's view: {body.opinion}" if body.opinion else "",
        f"Next: {body.next_action}{due}" if body.next_action else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _outcome(incident: Incident) -> str:
    code = incident.head.outcome
    return f"Outcome: {label_of('criminal_justice_outcome', code)}" if code else ""


def _moment(at: datetime | date) -> datetime:
    return at if isinstance(at, datetime) else datetime.combine(at, time.min, UTC)
