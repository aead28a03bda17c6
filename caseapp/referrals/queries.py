"""Reading the referrals of a case that was opened, and which ones to ask about over many cases."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case, rows_in
from caseapp.reference import label_of
from caseapp.referrals.models import Referral, ReferralHead
from caseapp.referrals.rules import chase_on
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document

HEADS = select(*columns_for(Referral, "head")).where(
    Referral.case_id.in_(bindparam("cases", expanding=True))
)


def referrals_of(case: Case) -> Sequence[Referral]:
    """The newest first."""
    found = rows_in(case, Referral)
    return sorted(found, key=lambda referral: referral.head.made_on, reverse=True)


def referral_in(case: Case, referral_id: UUID) -> Referral | None:
    """None for a referral of another case too."""
    return find_in_case(case, Referral, referral_id)


def due_reminders(session: Session, cases: Collection[UUID]) -> Iterator[Due]:
    """The agencies to ask again, by the day on which to do it."""
    rows = session.connection().execute(HEADS, {"cases": list(cases)}).mappings().all()
    vault = session.info["vault"]
    keys = warm(session.connection(), vault, {row["case_id"] for row in rows})
    for row in rows:
        head: ReferralHead = open_document(vault, Referral, "head", row, keys)
        if day := chase_on(head):
            yield Due(
                case_id=row["case_id"],
                kind="chase_referral",
                on=day,
                what=f"{label_of('referral_kind', head.kind)}: {head.agency}",
                endpoint="referrals.list_referrals",
            )
