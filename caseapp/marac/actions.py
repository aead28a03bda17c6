"""What is done with a referral to the MARAC: each change and its audit entry in one transaction."""

from datetime import date
from uuid import UUID, uuid4

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.contributions import tell_turn
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.marac.models import (
    DONE,
    OPEN,
    ActionBody,
    ActionHead,
    Feedback,
    MaracAction,
    MaracBody,
    MaracHead,
    MaracReferral,
)
from caseapp.sharing.actions import carry_over, record_sharing
from caseapp.sharing.models import SharingBody, SharingHead
from caseapp.sharing.queries import sharing_by


def refer_case(
    referral_id: UUID,
    case: Case,
    head: MaracHead,
    body: MaracBody,
    shared: tuple[SharingHead, SharingBody],
    by: Actor,
) -> MaracReferral:
    """The referral, and the sharing that it is. Raises CaseIsClosed."""
    insist_on_open(case)
    referral = MaracReferral(
        id=referral_id, case_id=case.id, author_id=by.user_id, head=head, body=body
    )
    db.session.add(referral)
    note_act(Kind.MARAC_REFERRED, case, by, Permission.EDIT_CASE, subject_id=referral.id)
    record_sharing(uuid4(), case, *shared, by, subject_id=referral.id)
    tell_turn(case, "marac", by)
    return referral


def change_referral(
    case: Case, referral: MaracReferral, head: MaracHead, body: MaracBody, by: Actor
) -> None:
    """Raises CaseIsClosed, and StaleDataError where somebody saved it in between."""
    insist_on_open(case)
    referral.head, referral.body = head, body
    note_act(Kind.MARAC_CHANGED, case, by, Permission.EDIT_CASE, subject_id=referral.id)


def correct_referral(
    case: Case,
    referral: MaracReferral,
    head: MaracHead,
    body: MaracBody,
    shared: tuple[SharingHead, SharingBody],
    by: Actor,
) -> None:
    """The same, where it corrects what was shared: then that is corrected in the sharing log too,
    and a senior is asked where the person did not agree."""
    before = _shared_before(referral, shared)
    change_referral(case, referral, head, body, by)
    if logged := sharing_by(case, referral.id):
        carry_over(case, logged, before, shared, by)


def record_meeting(
    case: Case, referral: MaracReferral, meeting_on: date, outcome: str, by: Actor, *, heard: bool
) -> None:
    """Raises CaseIsClosed."""
    heard_before = referral.head.heard_on is not None
    head = replace(referral.head, meeting_on=meeting_on, heard_on=meeting_on if heard else None)
    change_referral(case, referral, head, replace(referral.body, outcome=outcome), by)
    if heard and not heard_before:
        tell_turn(case, "marac", by)


def give_feedback(
    case: Case,
    referral: MaracReferral,
    feedback: Feedback,
    by: Actor,
    *,
    against_safe_contact: bool,
) -> None:
    """Raises CaseIsClosed. The same feedback sent twice is kept once."""
    body, first_on = referral.body, referral.head.fed_back_on or feedback.on
    if feedback.id in {each.id for each in body.feedbacks}:
        return
    body = replace(body, feedbacks=(*body.feedbacks, feedback))
    change_referral(case, referral, replace(referral.head, fed_back_on=first_on), body, by)
    if against_safe_contact:
        note_act(
            Kind.SAFE_CONTACT_OVERRIDDEN,
            case,
            by,
            Permission.EDIT_CASE,
            detail={"channel": feedback.channel},
        )


def add_action(
    action_id: UUID,
    case: Case,
    referral: MaracReferral,
    owner_id: UUID | None,
    head: ActionHead,
    body: ActionBody,
    by: Actor,
) -> MaracAction:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    action = MaracAction(
        id=action_id,
        case_id=case.id,
        referral_id=referral.id,
        owner_id=owner_id,
        status=DONE if head.done_on else OPEN,
        head=head,
        body=body,
    )
    db.session.add(action)
    note_act(Kind.MARAC_ACTION_ADDED, case, by, Permission.EDIT_CASE, subject_id=action.id)
    return action


def change_action(
    case: Case,
    action: MaracAction,
    owner_id: UUID | None,
    head: ActionHead,
    body: ActionBody,
    by: Actor,
) -> None:
    """Raises CaseIsClosed, and StaleDataError where somebody saved it in between."""
    insist_on_open(case)
    action.owner_id, action.status = owner_id, DONE if head.done_on else OPEN
    action.head, action.body = head, body
    note_act(Kind.MARAC_ACTION_CHANGED, case, by, Permission.EDIT_CASE, subject_id=action.id)


def _shared_before(
    referral: MaracReferral, shared: tuple[SharingHead, SharingBody]
) -> tuple[SharingHead, SharingBody]:
    """The same sharing, as the stored referral tells of it."""
    head, told = referral.head, referral.body
    return (
        replace(
            shared[0], shared_on=head.referred_on, consent=told.consent, basis=told.consent_basis
        ),
        replace(
            shared[1],
            conditions=told.conditions,
            necessity=told.necessity,
            why_without_consent=told.why_without_consent,
            person_told=told.victim_aware,
            why_not_told=told.why_not_told,
        ),
    )
