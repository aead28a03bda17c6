"""A case as a busy year leaves it: a few records of every kind that its page shows."""

from datetime import UTC, date, datetime
from uuid import uuid4

import caseapp.accounts.models  # noqa: F401  foreign keys of the rest lead there
from caseapp.access.actors import Actor
from caseapp.cases.models import Case
from caseapp.closure.actions import measure_outcomes
from caseapp.closure.models import MeasureBody, MeasureHead
from caseapp.contacts.actions import add_note, add_task
from caseapp.contacts.models import NoteBody, NoteHead, TaskHead
from caseapp.database import db
from caseapp.incidents.actions import add_incident
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.people.actions import raise_flag
from caseapp.people.models import FlagBody, FlagHead, FlagStep, Person
from caseapp.perpetrators.actions import add_perpetrator
from caseapp.perpetrators.models import PerpetratorHead
from caseapp.plans.actions import write_first_version
from caseapp.plans.models import SectionWords, VersionBody, VersionHead
from caseapp.referrals.actions import make_referral
from caseapp.referrals.models import ReferralBody, ReferralHead
from caseapp.risk.actions import judge_risk, judge_youth_risk
from caseapp.risk.models import RiskHead, YouthBody, YouthHead
from caseapp.sharing.actions import record_sharing
from caseapp.sharing.models import SharingBody, SharingHead

NOTES = 10
DAY = date(2026, 5, 4)
WORDS = "She said that she feels safer. " * 6


def fill_case(case: Case, by: Actor) -> None:
    """Ten notes, and one or two of each other kind; the caller commits."""
    at = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
    for _ in range(NOTES):
        head = NoteHead(at=at, type="phone_call", contact_outcome="no_answer")
        add_note(uuid4(), case, head, NoteBody(fact=WORDS), by)
    for level in ("high", "medium"):
        judge_risk(uuid4(), case, RiskHead(judged_on=DAY, level=level), WORDS, by)
        add_task(uuid4(), case, TaskHead(what="Ring the school", due_on=DAY), by)
        incident = IncidentHead(happened_on=DAY, offence="personal_robbery")
        add_incident(uuid4(), case, incident, IncidentBody(description=WORDS), by)
    _fill_rest(case, by, at)


def _fill_rest(case: Case, by: Actor, at: datetime) -> None:
    concerns = (("weapons", "high"),)
    youth = YouthHead(on=DAY, concerns=concerns, proposed="high", level="high")
    judge_youth_risk(uuid4(), case, youth, YouthBody(reasons=WORDS), by)
    referral = ReferralHead(made_on=DAY, kind="speech_and_language", agency="The clinic")
    agreed = ReferralBody(need="An assessment", consent_basis="agreed")
    make_referral(uuid4(), case, referral, agreed, by)
    sharing = SharingHead(shared_on=DAY, with_whom="MASH", consent="given", basis="public_task")
    record_sharing(uuid4(), case, sharing, SharingBody(what="The address"), by)
    plan = VersionHead(written_at=at, review_on=DAY, is_agreed=True, copy_is_safe=True)
    words = VersionBody(sections=(SectionWords(code="home", own=WORDS),))
    write_first_version(uuid4(), case, "youth_violence", plan, words, by)
    measure = MeasureHead(stage="intake", measured_on=DAY, points=())
    measure_outcomes(uuid4(), case, measure, MeasureBody(own_words=WORDS), by)
    alleged = PerpetratorHead(is_known=True, recorded_on=DAY, given_name="Torvald")
    add_perpetrator(uuid4(), case, alleged, source="person", confidence="likely", by=by)
    flag = FlagHead(list_name="slcn", code="autism", status="suspected", raised_on=DAY)
    steps = FlagBody(steps=(FlagStep(on=DAY, what="raised", status="suspected"),))
    raise_flag(uuid4(), db.session.get_one(Person, case.person_id), flag, steps)
