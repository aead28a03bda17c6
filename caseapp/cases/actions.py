"""What is done to a case: each change and its audit entry in one transaction."""

from datetime import date
from uuid import UUID, uuid4

from flask import current_app
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import (
    Case,
    CaseBody,
    CaseHead,
    Incident,
    IncidentBody,
    IncidentHead,
    Note,
    NoteBody,
    NoteHead,
    RiskBody,
    RiskHead,
    RiskJudgement,
)
from caseapp.cases.rules import new_reference, normal_reference, review_due
from caseapp.clock import LOCAL
from caseapp.database import db
from caseapp.people import actions as people_actions
from caseapp.people.models import FlagStep, NeedsFlag, Person, PersonBody, PersonHead


def create_case(
    case_id: UUID,
    person: Person,
    *,
    head: CaseHead,
    body: CaseBody,
    service: str,
    risk: RiskHead,
    risk_reasons: str,
    team_id: UUID,
    advocate_id: UUID | None,
    by: Actor,
) -> Case:
    """Open a case for a person. Its id is the one that the form was shown with."""
    case = Case(
        id=case_id,
        person_id=person.id,
        team_id=team_id,
        advocate_id=advocate_id,
        service=service,
        status="open",
        risk_level=risk.level,
        opened_month=head.opened_on.strftime("%Y-%m"),
        reference_token=reference_token(head.reference),
        head=head,
        body=body,
    )
    db.session.add(case)
    db.session.flush()
    db.session.add(_judgement(uuid4(), case, risk, risk_reasons, by))
    note_act(Kind.CASE_CREATED, case, by, Permission.OPEN_CASE)
    return case


def reference_token(reference: str) -> bytes:
    """The blind token by which a reference is found: 8 bytes."""
    token: bytes = current_app.extensions["vault"].blind_token(
        "case_reference", normal_reference(reference)
    )
    return token


def change_person(
    case: Case, person: Person, head: PersonHead, body: PersonBody, by: Actor
) -> None:
    """Raises StaleDataError where somebody saved the person in between."""
    people_actions.change_person(person, head, body)
    note_act(Kind.PERSON_CHANGED, case, by, Permission.EDIT_CASE, subject_id=person.id)


def raise_flag(case: Case, flag: NeedsFlag, by: Actor) -> None:
    note_act(Kind.FLAG_RAISED, case, by, Permission.EDIT_CASE, subject_id=flag.id)


def review_flag(case: Case, flag: NeedsFlag, step: FlagStep, by: Actor) -> None:
    """Raises FlagHasEnded or StepOutOfOrder."""
    people_actions.review_flag(flag, step)
    note_act(Kind.FLAG_REVIEWED, case, by, Permission.EDIT_CASE, subject_id=flag.id)


def end_flag(case: Case, flag: NeedsFlag, on: date, by: Actor) -> None:
    """Raises FlagHasEnded or StepOutOfOrder."""
    people_actions.end_flag(flag, on, by.user_id)
    note_act(Kind.FLAG_ENDED, case, by, Permission.EDIT_CASE, subject_id=flag.id)


def add_incident(
    incident_id: UUID, case: Case, head: IncidentHead, body: IncidentBody, by: Actor
) -> Incident:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    incident = Incident(id=incident_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    db.session.add(incident)
    note_act(Kind.INCIDENT_ADDED, case, by, Permission.EDIT_CASE, subject_id=incident.id)
    return incident


def change_incident(
    case: Case, incident: Incident, head: IncidentHead, body: IncidentBody, by: Actor
) -> None:
    """Raises CaseIsClosed, and StaleDataError where somebody saved it in between."""
    insist_on_open(case)
    incident.head, incident.body = head, body
    note_act(Kind.INCIDENT_CHANGED, case, by, Permission.EDIT_CASE, subject_id=incident.id)


def add_note(note_id: UUID, case: Case, head: NoteHead, body: NoteBody, by: Actor) -> Note:
    """Raises CaseIsClosed. The first successful contact is kept on the case."""
    insist_on_open(case)
    note = Note(id=note_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    db.session.add(note)
    if case.head.first_contact_on is None and head.contact_outcome == "successful":
        case.head = replace(case.head, first_contact_on=head.at.astimezone(LOCAL).date())
    note_act(Kind.NOTE_ADDED, case, by, Permission.ADD_NOTE, subject_id=note.id)
    return note


def judge_risk(
    judgement_id: UUID, case: Case, risk: RiskHead, reasons: str, by: Actor
) -> RiskJudgement:
    """Raises CaseIsClosed. The newest judgement gives the case its level and its next review; one
    that is written down late changes neither."""
    insist_on_open(case)
    earlier = db.session.scalars(select(RiskJudgement).where(RiskJudgement.case_id == case.id))
    is_newest = all(each.head.judged_on <= risk.judged_on for each in earlier)
    judgement = _judgement(judgement_id, case, risk, reasons, by)
    db.session.add(judgement)
    if is_newest:
        case.risk_level = risk.level
        case.head = replace(case.head, next_review_on=review_due(risk.level, risk.judged_on))
    note_act(Kind.CASE_CHANGED, case, by, Permission.EDIT_CASE, subject_id=judgement.id)
    return judgement


def allocate_case(case: Case, advocate: Actor, by: Actor) -> None:
    """Give the case to an advocate of its team. Raises CaseIsClosed, ValueError for others."""
    insist_on_open(case)
    if advocate.team_id != case.team_id:
        raise ValueError("the advocate is not in the team of this case")
    case.advocate_id = advocate.user_id
    note_act(Kind.CASE_ALLOCATED, case, by, Permission.ALLOCATE_CASE, subject_id=advocate.user_id)


def close_case(
    case: Case, reason: str, note: str, harm_reduced: bool | None, on: date, by: Actor
) -> None:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    case.status = "closed"
    case.head = replace(case.head, closed_on=on, closure_reason=reason, next_review_on=None)
    case.body = replace(
        case.body, closure_note=note, risk_at_closure=case.risk_level, harm_reduced=harm_reduced
    )
    note_act(Kind.CASE_CLOSED, case, by, Permission.CLOSE_CASE)


def reopen_case(case: Case, on: date, by: Actor) -> None:
    """A closed case goes on where it was, with a review due."""
    case.status = "open"
    case.head = replace(
        case.head, closed_on=None, closure_reason="", next_review_on=review_due(case.risk_level, on)
    )
    note_act(Kind.CASE_REOPENED, case, by, Permission.CLOSE_CASE)


def first_head(
    opened_on: date, themes: tuple[str, ...], source: str, next_review_on: date
) -> CaseHead:
    return CaseHead(
        reference=new_reference(),
        themes=themes,
        opened_on=opened_on,
        referral_source=source,
        next_review_on=next_review_on,
    )


def _judgement(
    judgement_id: UUID, case: Case, risk: RiskHead, reasons: str, by: Actor
) -> RiskJudgement:
    return RiskJudgement(
        id=judgement_id,
        case_id=case.id,
        author_id=by.user_id,
        head=risk,
        body=RiskBody(reasons=reasons),
    )
