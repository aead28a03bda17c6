"""Reading the referrals of a case that was opened."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.referrals.models import Referral


def referrals_of(case: Case) -> Sequence[Referral]:
    """The newest first."""
    found = db.session.scalars(select(Referral).where(Referral.case_id == case.id)).all()
    return sorted(found, key=lambda referral: referral.head.made_on, reverse=True)


def referral_in(case: Case, referral_id: UUID) -> Referral | None:
    """None for a referral of another case too."""
    referral = db.session.get(Referral, referral_id)
    return referral if referral and referral.case_id == case.id else None
