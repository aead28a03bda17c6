"""What incidents adds to the timeline of a case: what happened, and each step of the outcome."""

from collections.abc import Iterator

from flask import url_for

from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.clock import LOCAL
from caseapp.incidents.models import Incident, OutcomeStep
from caseapp.reference import label_of
from caseapp.web.words import long_date


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    for incident in rows_in(case, Incident):
        yield _of_incident(incident)
        yield from (_of_step(incident, step) for step in incident.body.steps)


def _of_incident(incident: Incident) -> TimelineEntry:
    outcome = "" if incident.body.steps else _outcome(incident.head.outcome)
    return TimelineEntry(
        title=f"Incident: {label_of('offence', incident.head.offence)}",
        at=incident.head.happened_on,
        author_id=incident.author_id,
        body="\n\n".join(filter(None, (incident.body.description, outcome))),
        url=_url(incident),
    )


def _of_step(incident: Incident, step: OutcomeStep) -> TimelineEntry:
    return TimelineEntry(
        title=_outcome(step.outcome) or "Outcome of an incident: none yet",
        at=step.convicted_on or step.outcome_on or step.at.astimezone(LOCAL).date(),
        author_id=step.by,
        body=", ".join(label_of("no_outcome_reason", code) for code in step.no_outcome_reasons)
        or convicted_in_words(step),
        url=_url(incident),
        tag=told_in_words(step.victim_told),
    )


def convicted_in_words(step: OutcomeStep) -> str:
    return f"Convicted on {long_date(step.convicted_on)}" if step.convicted_on else ""


def told_in_words(told: bool | None) -> str:
    if told is None:
        return ""
    return "The person was told" if told else "The person was not told"


def _outcome(code: str) -> str:
    return f"Outcome: {label_of('criminal_justice_outcome', code)}" if code else ""


def _url(incident: Incident) -> str:
    return url_for("incidents.show_incident", case_id=incident.case_id, incident_id=incident.id)
