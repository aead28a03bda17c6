"""What is done with a referral: each change and its audit entry in one transaction."""

from uuid import UUID

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.referrals.models import Referral, ReferralBody, ReferralHead


def make_referral(
    referral_id: UUID, case: Case, head: ReferralHead, body: ReferralBody, by: Actor
) -> Referral:
    """Raises CaseIsClosed. The id is the one that the form was shown with."""
    insist_on_open(case)
    referral = Referral(id=referral_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    db.session.add(referral)
    note_act(Kind.REFERRAL_MADE, case, by, Permission.EDIT_CASE, subject_id=referral.id)
    return referral


def change_referral(
    case: Case, referral: Referral, head: ReferralHead, body: ReferralBody, by: Actor
) -> None:
    """A correction, or what the agency decided.

    Raises CaseIsClosed, and StaleDataError where somebody saved the referral in between.
    """
    insist_on_open(case)
    referral.head, referral.body = head, body
    note_act(Kind.REFERRAL_CHANGED, case, by, Permission.EDIT_CASE, subject_id=referral.id)
