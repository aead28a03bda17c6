"""Reading the risk of a case that was opened: its course, what was done, what points to a MARAC."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from caseapp.access.permissions import Permission
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.contributions import HarmEvent, harm_sources
from caseapp.cases.door import may
from caseapp.cases.models import Case
from caseapp.cases.queries import read_once, rows_in
from caseapp.clock import today
from caseapp.database import db
from caseapp.risk.models import DashHead, DashResult, RiskJudgement, YouthJudgement
from caseapp.risk.rules import (
    DASH,
    PLAIN,
    YOUTH,
    Criterion,
    Judged,
    Referral,
    marac_criteria,
    repeats_since,
    within_a_year,
)
from caseapp.web.gate import current_actor

MODELS: Mapping[str, Any] = {PLAIN: RiskJudgement, DASH: DashResult, YOUTH: YouthJudgement}


# The referrals of the case, and those of the others, whose perpetrators say nothing in this one.
ReferralSource = Callable[[Case, Collection[UUID]], Iterable[Referral]]
referral_sources: list[ReferralSource] = []


def register_marac_referrals(source: ReferralSource) -> None:
    """Say where earlier referrals of a case to the MARAC are found."""
    if source not in referral_sources:
        referral_sources.append(source)


class Opened(NamedTuple):
    """A judgement with its documents."""

    judged: Judged
    head: Any
    body: Any


def course_of(case: Case) -> list[Judged]:
    """Every judgement of the case, the oldest first; the last one counts."""
    return [opened.judged for opened in opened_course(case)]


def opened_course(case: Case) -> list[Opened]:
    """The same with their documents."""
    return read_once(case, opened_course, lambda: _read_course(case))


def _read_course(case: Case) -> list[Opened]:
    opened = (
        Opened(_judged(how, row, row.head), row.head, row.body)
        for how, model in MODELS.items()
        for row in rows_in(case, model)
    )
    return sorted(opened, key=lambda each: _order(each.judged))


def dashes_in(course: Iterable[Opened]) -> list[DashHead]:
    """The oldest first, as the course is."""
    return [opened.head for opened in course if opened.judged.how == DASH]


def newest_dash(case: Case) -> DashResult | None:
    results = rows_in(case, DashResult)
    return max(
        results, key=lambda each: (each.head.on, _moment(each.head.written_at)), default=None
    )


class Past(NamedTuple):
    """What was done to the person, and when they were referred to the MARAC, in this case and
    their others in the team; the oldest first."""

    events: tuple[HarmEvent, ...]
    referrals: tuple[Referral, ...]

    @property
    def last_referral_on(self) -> date | None:
        return self.referrals[-1].on if self.referrals else None


def past_of(case: Case) -> Past:
    """Ids of alleged perpetrators are of one case: in another they say nothing."""
    others = _other_cases(case)
    found = (e for source in harm_sources for e in source(db.session(), [case.id, *others]))
    own = (e if e.case_id == case.id else replace(e, perpetrator_id=None) for e in found)
    referrals = (referral for source in referral_sources for referral in source(case, others))
    return Past(
        tuple(sorted(own, key=lambda event: event.on)),
        tuple(sorted(referrals, key=lambda referral: referral.on)),
    )


def criteria_of(course: Sequence[Opened], past: Past) -> tuple[Criterion, ...]:
    """What points to a MARAC referral now: of domestic abuse alone."""
    domestic = [event for event in past.events if event.is_domestic]
    dashes = dashes_in(course)
    return marac_criteria(
        dashes[-1] if dashes else None,
        course[-1].judged if course else None,
        within_a_year(domestic, today()),
        past.last_referral_on,
        repeats_since(domestic, past.referrals),
    )


def _other_cases(case: Case) -> Sequence[UUID]:
    """Earlier episodes of the same person in the actor's own team. That they were read is noted."""
    actor = current_actor()
    if actor.team_id != case.team_id or not may(actor, Permission.OPEN_CASE, case):
        return ()
    query = select(Case.id).where(
        Case.person_id == case.person_id, Case.team_id == case.team_id, Case.id != case.id
    )
    others = db.session.scalars(query).all()
    if others:
        record(Kind.CASES_LISTED, actor=actor, team_id=case.team_id, detail={"cases": len(others)})
    return others


def _judged(how: str, row: Any, head: Any) -> Judged:
    return Judged(
        id=row.id,
        on=head.judged_on if how == PLAIN else head.on,
        level=head.level,
        how=how,
        author_id=row.author_id,
        written_at=head.written_at,
        score=head.score if how == DASH else None,
        by_judgement=head.by_judgement if how == DASH else how == YOUTH and _differs(head),
    )


def _differs(head: Any) -> bool:
    return bool(head.level != head.proposed)


def _order(judged: Judged) -> tuple[date, datetime]:
    return judged.on, _moment(judged.written_at)


def _moment(at: datetime | None) -> datetime:
    return at or datetime.min.replace(tzinfo=UTC)
