"""A case is counted as it stood on the last day of the period."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from caseapp.cases.models import PastClosure
from caseapp.indicators.record import CaseRecord
from caseapp.indicators.units.cases import age_band, case_unit, count_case
from caseapp.perpetrators.models import PerpetratorHead
from caseapp.referrals.models import ReferralHead
from tests.unit.indicators.invented_record import (
    AFTER,
    OPENED,
    UNTIL,
    a_flag,
    a_judgement,
    a_record,
)

LASTING = {"long_lasting": True, "limits": "a_lot"}


def counted(name: str, record: CaseRecord, until: date = UNTIL) -> str:
    (category,) = case_unit(record, until)[name]
    return category


def test_a_case_is_counted_from_the_day_it_was_opened_by_who_the_person_is() -> None:
    case = count_case(a_record(head={"themes": ("youth_violence", "domestic_abuse")}), UNTIL)
    assert (case.population, case.since) == ("cases", OPENED)
    assert case.unit["theme"] == {"youth_violence", "domestic_abuse"}
    who = {name: next(iter(case.unit[name])) for name in ("age_band", "sex", "ethnicity", "ward")}
    assert who == {
        "age_band": "16_17", "sex": "female", "ethnicity": "black", "ward": "E05009394",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (None, "not_known"),
        (date(2014, 5, 5), "under_12"),
        (date(2008, 5, 4), "18_24"),
        (date(2008, 5, 5), "16_17"),
        (date(2001, 5, 5), "18_24"),
        (date(2001, 5, 4), "25_33"),
        (date(1992, 5, 4), "34_59"),
        (date(1930, 1, 1), "60_over"),
    ],
)
def test_the_age_is_that_of_the_day_on_which_the_case_was_opened(
    born: date | None, band: str
) -> None:
    assert age_band(born, OPENED) == band


@pytest.mark.parametrize(
    ("flag", "slcn", "health"),
    [
        (a_flag(), "slcn", "not_recorded"),
        (a_flag(raised_on=UNTIL), "slcn", "not_recorded"),
        (a_flag(raised_on=AFTER), "not_recorded", "not_recorded"),
        (a_flag(ended_on=UNTIL), "not_recorded", "not_recorded"),
        (a_flag(ended_on=AFTER), "slcn", "not_recorded"),
        (a_flag("other_need", "health_need"), "not_recorded", "health"),
        (a_flag("other_need", "debt"), "not_recorded", "not_recorded"),
        (a_flag("disability", "vision", **LASTING), "not_recorded", "health"),
    ],
)
def test_a_need_counts_while_it_lasts(flag: Any, slcn: str, health: str) -> None:
    record = a_record(flags=(flag,))
    assert (counted("slcn", record), counted("health", record)) == (slcn, health)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (LASTING, "disabled"),
        ({**LASTING, "ended_on": AFTER}, "disabled"),
        ({**LASTING, "limits": "not_at_all"}, "not_recorded"),
        ({**LASTING, "long_lasting": None}, "not_recorded"),
        ({**LASTING, "code": "none"}, "not_recorded"),
    ],
)
def test_disabled_is_a_lasting_condition_that_limits(more: dict[str, Any], expected: str) -> None:
    flag = a_flag("disability", **{"code": "vision", **more})
    assert counted("disability", a_record(flags=(flag,))) == expected


def a_referral(decision: str, decided_on: date | None, made_on: date = OPENED) -> ReferralHead:
    return ReferralHead(
        made_on=made_on, kind="counselling", agency="A", decision=decision, decided_on=decided_on
    )


@pytest.mark.parametrize(
    ("flags", "referrals", "expected"),
    [
        ((), (a_referral("accepted", UNTIL),), "none_found"),
        ((a_flag("disability", "none"),), (), "none_found"),
        ((a_flag(),), (), "not_matched"),
        ((a_flag(),), (a_referral("accepted", UNTIL),), "matched"),
        ((a_flag(),), (a_referral("accepted", AFTER),), "not_matched"),
        ((a_flag(),), (a_referral("accepted", None),), "matched"),
        ((a_flag(),), (a_referral("accepted", None, AFTER),), "not_matched"),
        ((a_flag(),), (a_referral("declined", UNTIL),), "not_matched"),
        ((a_flag(),), (a_referral("waiting", None),), "not_matched"),
    ],
)
def test_a_need_is_matched_once_a_service_has_accepted_the_person(
    flags: Any, referrals: Any, expected: str
) -> None:
    assert counted("needs_met", a_record(flags=flags, referrals=referrals)) == expected


@pytest.mark.parametrize(
    ("on", "expected"), [(None, "not_made"), (UNTIL, "made"), (AFTER, "not_made")]
)
def test_contact_after_the_period_was_not_made_yet(on: date | None, expected: str) -> None:
    assert counted("first_contact", a_record(head={"first_contact_on": on})) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), "written"),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), "none"),  # midnight in London
    ],
)
def test_a_plan_counts_from_the_local_day_of_its_first_version(
    moment: datetime, expected: str
) -> None:
    assert counted("plan", a_record(plans_since=(moment,))) == expected
    assert counted("plan", a_record()) == "none"


def test_the_first_judgement_is_the_risk_at_intake_and_later_ones_are_not() -> None:
    risk = (a_judgement(OPENED, "high"), a_judgement(UNTIL, "standard"))
    assert counted("risk_at_intake", a_record(risk=risk)) == "high"
    assert counted("risk_at_intake", a_record(risk=risk[1:]), date(2026, 5, 31)) == "not_judged"


@pytest.mark.parametrize(
    ("closed_on", "ending", "risk"),
    [
        (None, "still_open", "still_open"),
        (UNTIL, "planned", "medium"),
        (AFTER, "still_open", "still_open"),
    ],
)
def test_a_closure_counts_from_its_day_with_the_risk_that_it_asked_for(
    closed_on: date | None, ending: str, risk: str
) -> None:
    head = {"closed_on": closed_on, "closure_reason": "needs_met" if closed_on else ""}
    record = a_record(head, {"risk_at_closure": "medium"}, risk=(a_judgement(OPENED, "high"),))
    assert (counted("ending", record), counted("risk_at_closure", record)) == (ending, risk)


def test_a_closure_without_a_risk_takes_the_last_one_judged_before_it() -> None:
    head = {"closed_on": date(2026, 6, 1), "closure_reason": "disengaged"}
    judged = (a_judgement(OPENED, "high"), a_judgement(date(2026, 6, 2), "standard"))
    assert counted("risk_at_closure", a_record(head, risk=judged)) == "high"
    assert counted("risk_at_closure", a_record(head)) == "not_judged"


@pytest.mark.parametrize(
    ("day", "ending", "risk"),
    [
        (date(2026, 5, 31), "unplanned", "high"),
        (date(2026, 6, 10), "still_open", "still_open"),
        (date(2026, 6, 30), "planned", "standard"),
    ],
)
def test_a_case_that_was_opened_again_stood_as_it_did_on_each_day(
    day: date, ending: str, risk: str
) -> None:
    past = PastClosure(
        closed_on=date(2026, 5, 20), reason="disengaged", risk_level="high", note="",
        harm_reduced=None, reopened_on=date(2026, 6, 10), why_reopened="They came back.",
    )  # fmt: skip
    head = {"closed_on": date(2026, 6, 30), "closure_reason": "transferred"}
    body = {"risk_at_closure": "standard", "earlier_closures": (past,)}
    record = a_record(head, body)
    assert counted("ending", record, day) == ending
    assert counted("risk_at_closure", record, day) == risk


@pytest.mark.parametrize(
    ("is_known", "recorded_on", "expected"),
    [
        (True, UNTIL, "recorded"),
        (True, AFTER, "not_recorded"),
        (False, OPENED, "not_recorded"),
    ],
)
def test_a_suspect_is_recorded_once_somebody_known_is_written_down(
    is_known: bool, recorded_on: date, expected: str
) -> None:
    alleged = PerpetratorHead(is_known=is_known, recorded_on=recorded_on)
    assert counted("suspect", a_record(alleged=(alleged,))) == expected
