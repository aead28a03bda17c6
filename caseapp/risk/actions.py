"""What is done with risk: each change and its audit entry in one transaction."""

from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.cases.rules import review_due
from caseapp.database import db
from caseapp.risk.models import RiskBody, RiskHead, RiskJudgement


def judge_risk(
    judgement_id: UUID, case: Case, risk: RiskHead, reasons: str, by: Actor
) -> RiskJudgement:
    """Raises CaseIsClosed. The newest judgement gives the case its level and its next review; one
    that is written down late changes neither."""
    insist_on_open(case)
    earlier = db.session.scalars(select(RiskJudgement).where(RiskJudgement.case_id == case.id))
    is_newest = all(each.head.judged_on <= risk.judged_on for each in earlier)
    judgement = RiskJudgement(
        id=judgement_id,
        case_id=case.id,
        author_id=by.user_id,
        head=risk,
        body=RiskBody(reasons=reasons),
    )
    db.session.add(judgement)
    if is_newest:
        case.risk_level = risk.level
        case.head = replace(case.head, next_review_on=review_due(risk.level, risk.judged_on))
    note_act(Kind.RISK_JUDGED, case, by, Permission.EDIT_CASE, subject_id=judgement.id)
    return judgement
