"""What is done with a referral: each change and its audit entry in one transaction."""

from datetime import date
from uuid import UUID, uuid4

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.reference import label_of
from caseapp.referrals.models import (
    CHASED,
    WAITING,
    Referral,
    ReferralBody,
    ReferralHead,
    ReferralStep,
)
from caseapp.referrals.rules import consent_of
from caseapp.sharing.actions import carry_over, record_sharing
from caseapp.sharing.models import SharingBody, SharingHead
from caseapp.sharing.queries import sharing_by


class DecidedMeanwhile(Exception):
    """The agency is not asked about what it has decided."""


def make_referral(
    referral_id: UUID, case: Case, head: ReferralHead, body: ReferralBody, by: Actor
) -> Referral:
    """The referral, and what it shares as an entry of the sharing log. Raises CaseIsClosed.

    The id is the one that the form was shown with.
    """
    insist_on_open(case)
    referral = Referral(id=referral_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    db.session.add(referral)
    note_act(Kind.REFERRAL_MADE, case, by, Permission.EDIT_CASE, subject_id=referral.id)
    _note_silence(case, referral, by)
    record_sharing(uuid4(), case, *what_is_shared(head, body), by, subject_id=referral.id)
    return referral


def change_referral(
    case: Case, referral: Referral, head: ReferralHead, body: ReferralBody, by: Actor
) -> None:
    """A correction, or what the agency decided. What it corrects of the sharing is corrected in
    the sharing log too.

    Raises CaseIsClosed, and StaleDataError where somebody saved the referral in between.
    """
    insist_on_open(case)
    before = what_is_shared(referral.head, referral.body)
    was_silent = _is_silent(referral)
    referral.head, referral.body = head, body
    note_act(Kind.REFERRAL_CHANGED, case, by, Permission.EDIT_CASE, subject_id=referral.id)
    if not was_silent:
        _note_silence(case, referral, by)
    shared = what_is_shared(head, body)
    if shared == before:
        return
    if logged := sharing_by(case, referral.id):
        carry_over(case, logged, before, shared, by)
    else:
        record_sharing(uuid4(), case, *shared, by, subject_id=referral.id)


def chase_referral(case: Case, referral: Referral, on: date, by: Actor) -> bool:
    """Note that the agency was asked again: one step a day, False where there is one already.

    Raises CaseIsClosed, DecidedMeanwhile.
    """
    insist_on_open(case)
    if referral.head.decision != WAITING:
        raise DecidedMeanwhile
    if referral.head.chased_on == on:
        return False
    step = ReferralStep(on=on, what=CHASED, by=by.user_id)
    referral.head = replace(referral.head, chased_on=on)
    referral.body = replace(referral.body, steps=(*referral.body.steps, step))
    note_act(Kind.REFERRAL_CHANGED, case, by, Permission.EDIT_CASE, subject_id=referral.id)
    return True


def what_is_shared(head: ReferralHead, body: ReferralBody) -> tuple[SharingHead, SharingBody]:
    """A referral as the sharing that it is, out of the same answers."""
    contact = f"Safe contact: {body.safe_contact}" if body.safe_contact else ""
    shared = SharingHead(
        shared_on=head.made_on,
        with_whom=head.agency,
        consent=consent_of(body),
        basis=body.consent_basis,
    )
    return shared, SharingBody(
        what="\n\n".join(part for part in (body.need, contact) if part),
        purpose=f"Referral: {label_of('referral_kind', head.kind)}",
        conditions=body.conditions,
        necessity=body.necessity,
        why_without_consent=body.why_without_consent,
        person_told=body.person_told,
        why_not_told=body.why_not_told,
    )


def _note_silence(case: Case, referral: Referral, by: Actor) -> None:
    """The agency was not told how to make contact safely: a reason stands in the referral."""
    if _is_silent(referral):
        kind, may = Kind.SAFE_CONTACT_OVERRIDDEN, Permission.EDIT_CASE
        note_act(kind, case, by, may, subject_id=referral.id)


def _is_silent(referral: Referral) -> bool:
    return bool(referral.body.why_no_safe_contact)
