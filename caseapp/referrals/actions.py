"""What is done with a referral: each change and its audit entry in one transaction."""

from uuid import UUID

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.actions import CaseIsClosed
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.referrals.models import Referral, ReferralBody, ReferralHead


def make_referral(
    referral_id: UUID, case: Case, head: ReferralHead, body: ReferralBody, by: Actor
) -> Referral:
    """Raises CaseIsClosed. The id is the one that the form was shown with."""
    _insist_on_open(case)
    referral = Referral(id=referral_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    db.session.add(referral)
    _record(Kind.REFERRAL_MADE, case, referral, by)
    return referral


def record_decision(
    case: Case, referral: Referral, head: ReferralHead, body: ReferralBody, by: Actor
) -> None:
    """Raises CaseIsClosed, and StaleDataError where somebody saved the referral in between."""
    _insist_on_open(case)
    referral.head, referral.body = head, body
    _record(Kind.REFERRAL_CHANGED, case, referral, by)


def _insist_on_open(case: Case) -> None:
    if not case.is_open:
        raise CaseIsClosed


def _record(kind: Kind, case: Case, referral: Referral, by: Actor) -> None:
    record(
        kind,
        actor=by,
        team_id=case.team_id,
        case_id=case.id,
        subject_id=referral.id,
        reason=decide(by, Permission.EDIT_CASE, case.facts),
    )
