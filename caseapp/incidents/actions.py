"""What is done with an incident: each change and its audit entry in one transaction."""

from datetime import date
from uuid import UUID, uuid4

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.contributions import tell_turn
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.database import db
from caseapp.incidents.models import (
    Correction,
    Incident,
    IncidentBody,
    IncidentHead,
    OutcomeStep,
    RightsHead,
    RightsRecord,
    RightStep,
)
from caseapp.incidents.queries import rights_record_of
from caseapp.incidents.rules import carried_over, has_outcome


def add_incident(
    incident_id: UUID,
    case: Case,
    head: IncidentHead,
    body: IncidentBody,
    by: Actor,
    first_step: OutcomeStep | None = None,
) -> Incident:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    incident = Incident(id=incident_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    if first_step:
        _take_step(incident, first_step)
    db.session.add(incident)
    note_act(Kind.INCIDENT_ADDED, case, by, Permission.EDIT_CASE, subject_id=incident.id)
    tell_turn(case, "new_incident", by)
    return incident


def change_incident(
    case: Case,
    incident: Incident,
    head: IncidentHead,
    body: IncidentBody,
    by: Actor,
    before: tuple[tuple[str, str], ...] = (),
) -> None:
    """Correct a mistake; `before` is kept: (question, earlier answer) of what is changed.

    Raises CaseIsClosed, and StaleDataError where somebody saved it in between.
    """
    insist_on_open(case)
    if before:
        correction = Correction(at=now(), by=by.user_id, before=before)
        body = replace(body, corrections=(*incident.body.corrections, correction))
    incident.head, incident.body = head, body
    note_act(Kind.INCIDENT_CHANGED, case, by, Permission.EDIT_CASE, subject_id=incident.id)


def record_outcome(
    case: Case, incident: Incident, step: OutcomeStep, ask_again_on: date | None, by: Actor
) -> None:
    """Add what is known of the outcome now; what the step leaves open stays as it was. Without a
    new day to ask again, the one before stays until there is an outcome, a reason against one or
    a conviction.

    Raises CaseIsClosed, and StaleDataError where somebody saved it in between.
    """
    insist_on_open(case)
    if not (has_outcome(step.outcome) or step.no_outcome_reasons or step.convicted_on):
        ask_again_on = ask_again_on or incident.head.ask_again_on
    _take_step(incident, step)
    incident.head = replace(incident.head, ask_again_on=ask_again_on)
    note_act(Kind.OUTCOME_RECORDED, case, by, Permission.EDIT_CASE, subject_id=incident.id)


def record_rights(
    case: Case, incident: Incident | None, steps: tuple[RightStep, ...], by: Actor
) -> RightsRecord:
    """Add where rights stand now: for the incident, or for the case. Raises CaseIsClosed."""
    insist_on_open(case)
    record = rights_record_of(case, incident) or RightsRecord(
        id=uuid4(),
        case_id=case.id,
        incident_id=incident.id if incident else None,
        head=RightsHead(),
    )
    record.head = RightsHead(steps=(*record.head.steps, *steps))
    db.session.add(record)
    note_act(Kind.RIGHTS_RECORDED, case, by, Permission.EDIT_CASE, subject_id=record.id)
    return record


def next_step(incident: Incident, answer: OutcomeStep) -> OutcomeStep:
    """How the outcome stands once this is answered."""
    return carried_over(_steps_so_far(incident), answer)


def _take_step(incident: Incident, answer: OutcomeStep) -> None:
    """The head and the body say how it stands now, the steps how it came to that."""
    step = next_step(incident, answer)
    steps = (*_steps_so_far(incident), step)
    incident.head = replace(
        incident.head,
        outcome=step.outcome,
        outcome_on=step.outcome_on,
        convicted_on=step.convicted_on,
    )
    incident.body = replace(
        incident.body,
        no_outcome_reasons=step.no_outcome_reasons,
        victim_told=step.victim_told,
        victim_told_on=step.victim_told_on,
        steps=steps,
    )


def _steps_so_far(incident: Incident) -> tuple[OutcomeStep, ...]:
    """What an incident without steps says of its outcome becomes the first of them."""
    head, body = incident.head, incident.body
    if body.steps or not (head.outcome or body.no_outcome_reasons or body.victim_told is not None):
        return body.steps
    first = OutcomeStep(
        id=uuid4(),
        at=now(),
        by=incident.author_id,
        outcome=head.outcome,
        outcome_on=head.outcome_on,
        no_outcome_reasons=body.no_outcome_reasons,
        victim_told=body.victim_told,
        victim_told_on=body.victim_told_on,
    )
    return (first,)
