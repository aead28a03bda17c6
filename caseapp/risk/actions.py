"""What is done with risk: each change and its audit entry in one transaction."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.contributions import tell_turn
from caseapp.cases.models import Case
from caseapp.cases.rules import review_due
from caseapp.clock import now
from caseapp.database import db
from caseapp.risk.models import (
    DashBody,
    DashHead,
    DashResult,
    RiskBody,
    RiskHead,
    RiskJudgement,
    YouthBody,
    YouthHead,
    YouthJudgement,
)
from caseapp.risk.queries import course_of
from caseapp.risk.rules import DASH, Judged, is_lower


def judge_risk(
    judgement_id: UUID, case: Case, risk: RiskHead, reasons: str, by: Actor
) -> RiskJudgement:
    """Raises CaseIsClosed. The newest judgement gives the case its level and its next review; one
    that is written down late changes neither."""
    insist_on_open(case)
    before = _take_effect(case, risk.judged_on, risk.level)
    judgement = RiskJudgement(
        id=judgement_id,
        case_id=case.id,
        author_id=by.user_id,
        head=replace(risk, written_at=risk.written_at or now()),
        body=RiskBody(reasons=reasons),
    )
    db.session.add(judgement)
    note_act(Kind.RISK_JUDGED, case, by, Permission.EDIT_CASE, subject_id=judgement.id)
    _tell_of_change(case, before, by)
    return judgement


def record_dash(
    result_id: UUID, case: Case, head: DashHead, body: DashBody, by: Actor
) -> DashResult:
    """Raises CaseIsClosed. It gives the case its level as any judgement does."""
    insist_on_open(case)
    before = _take_effect(case, head.on, head.level, head.level_by_score)
    result = DashResult(id=result_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    db.session.add(result)
    note_act(Kind.DASH_RECORDED, case, by, Permission.EDIT_CASE, subject_id=result.id)
    _tell_of_change(case, before, by)
    return result


def judge_youth_risk(
    judgement_id: UUID, case: Case, head: YouthHead, body: YouthBody, by: Actor
) -> YouthJudgement:
    """Raises CaseIsClosed. It gives the case its level as any judgement does."""
    insist_on_open(case)
    before = _take_effect(case, head.on, head.level)
    judgement = YouthJudgement(
        id=judgement_id, case_id=case.id, author_id=by.user_id, head=head, body=body
    )
    db.session.add(judgement)
    note_act(Kind.YOUTH_RISK_JUDGED, case, by, Permission.EDIT_CASE, subject_id=judgement.id)
    _tell_of_change(case, before, by)
    return judgement


def _take_effect(case: Case, on: date, level: str, score_level: str = "") -> str:
    """Before the judgement is added: it counts unless there is one of a later day, and a DASH
    counts even so where nothing but a lower judgement followed. Returns the level until then."""
    before = case.risk_level
    later = [judged for judged in course_of(case) if judged.on > on]
    if not later or _undercut(score_level, later):
        case.risk_level = level
        case.head = replace(case.head, next_review_on=review_due(level, on))
    return before


def _tell_of_change(case: Case, before: str, by: Actor) -> None:
    if case.risk_level != before:
        tell_turn(case, "risk_change", by)


def _undercut(score_level: str, later: Sequence[Judged]) -> bool:
    return is_lower(later[-1].level, score_level) and all(judged.how != DASH for judged in later)
