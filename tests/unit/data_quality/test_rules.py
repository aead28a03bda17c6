"""What counts as missing, how large a part it is, and what an analyst is told of it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from caseapp.data_quality.queries import bands_of, lacking, lines_of, opened_lately
from caseapp.data_quality.rules import (
    BANDS,
    UNREADABLE,
    CaseQuality,
    Share,
    band_of,
    facts_of,
    shares_of,
)
from caseapp.people.models import SafeContact
from caseapp.reference import code_list
from tests.unit.data_quality.records import (
    ABOUT,
    ALLEGED,
    DAY,
    HEAD,
    INCIDENT,
    INCIDENT_BODY,
    MARAC,
    PERSON,
    whole,
)

WITHOUT_OUTCOME = replace(INCIDENT, outcome="0")


def missing(**changes: Any) -> set[str]:
    return {code for code, is_missing in facts_of(whole(**changes)).items() if is_missing}


def test_a_case_that_holds_everything_lacks_nothing_and_is_asked_for_everything() -> None:
    assert missing() == set()
    asked = facts_of(whole()).keys() | facts_of(whole(incidents=[(WITHOUT_OUTCOME, INCIDENT_BODY)]))
    assert asked == {e.code for e in code_list("quality_field").active} - {UNREADABLE}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"person": replace(PERSON, date_of_birth=None)}, "date_of_birth"),
        ({"person": replace(PERSON, sex="not_known")}, "sex"),
        ({"person": replace(PERSON, ethnicity="not_asked")}, "ethnicity"),
        ({"person": replace(PERSON, ethnicity="not_known")}, "ethnicity"),
        ({"person": replace(PERSON, ward="not_known")}, "ward"),
        ({"person": replace(PERSON, residence="not_known")}, "residence"),
        ({"about_person": replace(ABOUT, first_language="")}, "first_language"),
        ({"about_person": replace(ABOUT, safe_contact=SafeContact())}, "safe_contact"),
        ({"has_needs": False}, "needs"),
        ({"head": replace(HEAD, referral_source="not_known")}, "referral_source"),
        ({"head": replace(HEAD, first_contact_on=None)}, "first_contact"),
        ({"is_judged": False}, "risk"),
        ({"has_plan": False}, "plan"),
        ({"incidents": [(replace(INCIDENT, ward="not_known"), INCIDENT_BODY)]}, "incident_ward"),
        (
            {
                "incidents": [
                    (replace(INCIDENT, reported_to_police=None, outcome=""), INCIDENT_BODY)
                ]
            },
            "reported",
        ),
        ({"incidents": [(WITHOUT_OUTCOME, INCIDENT_BODY)]}, "no_outcome_reason"),
        ({"incidents": [(INCIDENT, replace(INCIDENT_BODY, victim_told=None))]}, "victim_told"),
        ({"marac": [replace(MARAC, perpetrator_id=None)]}, "marac_perpetrator"),
        ({"marac": [replace(MARAC, violence_types=())]}, "marac_violence"),
        ({"alleged": []}, "alleged"),
        ({"alleged": [replace(ALLEGED, sex="not_known")]}, "profile"),
        ({"alleged": [replace(ALLEGED, date_of_birth=None)]}, "profile"),
    ],
)
def test_each_thing_that_is_taken_away_is_missed_and_nothing_else(
    changes: dict[str, Any], code: str
) -> None:
    assert missing(**changes) == {code}


def test_a_report_with_no_outcome_at_all_lacks_the_outcome_and_the_reason() -> None:
    silent = replace(INCIDENT, outcome="")
    assert missing(incidents=[(silent, INCIDENT_BODY)]) == {"outcome", "no_outcome_reason"}
    said = replace(INCIDENT_BODY, no_outcome_reasons=("delay",))
    assert missing(incidents=[(WITHOUT_OUTCOME, said)]) == set()


def test_one_incident_of_many_is_enough_to_miss_a_fact() -> None:
    bad = replace(INCIDENT, ward="not_known")
    for incidents in ([INCIDENT, bad], [bad, INCIDENT]):
        assert missing(incidents=[(each, INCIDENT_BODY) for each in incidents]) == {"incident_ward"}


def test_what_a_person_would_not_say_is_an_answer() -> None:
    assert missing(person=replace(PERSON, ethnicity="prefer_not_to_say")) == set()
    refused = replace(INCIDENT_BODY, victim_told=False)
    assert missing(incidents=[(INCIDENT, refused)]) == set()


@pytest.mark.parametrize(
    ("changes", "not_asked"),
    [
        ({"risk_level": "standard", "has_plan": False}, "plan"),
        ({"head": replace(HEAD, first_contact_on=None, opened_on=DAY)}, "first_contact"),
        (
            {"head": replace(HEAD, first_contact_on=None, closure_reason="could_not_contact")},
            "first_contact",
        ),
        ({"head": replace(HEAD, themes=("youth_violence",)), "alleged": []}, "alleged"),
        ({"alleged": [replace(ALLEGED, is_known=False, sex="not_known")]}, "profile"),
        ({"marac": []}, "marac_violence"),
        ({"incidents": []}, "reported"),
        (
            {
                "incidents": [
                    (replace(INCIDENT, reported_to_police=False, outcome=""), INCIDENT_BODY)
                ]
            },
            "outcome",
        ),
    ],
)
def test_what_a_case_need_not_hold_is_not_asked_for(
    changes: dict[str, Any], not_asked: str
) -> None:
    assert not_asked not in facts_of(whole(**changes))
    assert missing(**changes) == set()


def test_first_contact_is_missed_from_the_seventh_day_on() -> None:
    for days, is_asked in ((6, False), (7, True)):
        head = replace(HEAD, first_contact_on=None, opened_on=DAY - timedelta(days=days))
        assert ("first_contact" in facts_of(whole(head=head))) is is_asked


def case(
    *missing: str, is_open: bool = True, month: str = "2026-10", asked: str = "sex ward"
) -> CaseQuality:
    return CaseQuality(uuid4(), is_open, month, frozenset(asked.split()), frozenset(missing))


def test_shares_are_of_the_cases_that_should_hold_the_fact() -> None:
    cases = [case("sex"), case(), case(asked="ward"), case("sex", "ward")]
    assert shares_of(cases) == {"sex": Share(2, 3), "ward": Share(1, 4)}


def test_the_worst_of_the_open_cases_comes_first_and_on_asking_that_of_the_closed() -> None:
    cases = [
        case("ward"), case("ward"), case("sex"), case("sex", is_open=False),
        case(is_open=False),
    ]  # fmt: skip
    assert [line.code for line in lines_of(cases)] == ["ward", "sex"]
    assert [line.code for line in lines_of(cases, "closed")] == ["sex", "ward"]
    (ward, sex) = lines_of(cases)
    assert (ward.open, ward.closed) == (Share(2, 3), Share(0, 2))
    assert (sex.open, sex.closed) == (Share(1, 3), Share(1, 2))
    assert lacking(cases, "sex", "closed") == [cases[3].id]


def test_nothing_missing_leaves_no_line() -> None:
    assert lines_of([case(), case(is_open=False)]) == []


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("3", ["2026-09", "2026-10", "2026-11"]),
        ("12", ["2025-12", "2026-08", "2026-09", "2026-10", "2026-11"]),
        ("all", ["2025-11", "2025-12", "2026-08", "2026-09", "2026-10", "2026-11"]),
    ],
)
def test_a_period_is_so_many_months_this_month_among_them(period: str, months: list[str]) -> None:
    every = ("2025-11", "2025-12", "2026-08", "2026-09", "2026-10", "2026-11")
    cases = [case(month=month) for month in every]
    assert [each.opened_month for each in opened_lately(cases, period, DAY)] == months


def test_a_period_reaches_back_over_new_year() -> None:
    cases = [case(month=month) for month in ("2025-10", "2025-11", "2025-12", "2026-01")]
    found = opened_lately(cases, "3", date(2026, 1, 31))
    assert [each.opened_month for each in found] == ["2025-11", "2025-12", "2026-01"]


@pytest.mark.parametrize(
    ("missing", "asked", "band"),
    [
        (0, 50, 0), (2, 50, 0), (4, 100, 0), (5, 100, 1), (10, 100, 1), (11, 100, 2),
        (25, 100, 2), (26, 100, 3), (50, 100, 3), (51, 100, 4), (100, 100, 4),
        (0, 49, None), (49, 49, None),
    ],
)  # fmt: skip
def test_a_band_begins_and_ends_where_its_words_say(
    missing: int, asked: int, band: int | None
) -> None:
    assert band_of(Share(missing, asked)) == band


@given(st.integers(min_value=50, max_value=10_000), st.data())
def test_every_share_has_a_band_and_more_missing_is_never_a_better_one(
    asked: int, data: st.DataObject
) -> None:
    some = data.draw(st.integers(min_value=0, max_value=asked - 1))
    first, second = (band_of(Share(each, asked)) for each in (some, some + 1))
    assert first is not None
    assert second is not None
    assert 0 <= first <= second < len(BANDS)


def test_teams_with_fewer_than_fifty_cases_show_nothing_and_the_worst_line_comes_first() -> None:
    large = [case("ward") for _ in range(30)] + [case() for _ in range(30)]
    small = [case("ward", "sex") for _ in range(49)]
    lines = bands_of([large, small])
    assert [(line.code, line.bands) for line in lines] == [("ward", (3, None)), ("sex", (0, None))]
    assert bands_of([small]) == []


def test_a_damaged_record_is_no_matter_of_bands() -> None:
    assert bands_of([[case(UNREADABLE, asked=UNREADABLE) for _ in range(60)]]) == []


def test_a_fact_that_fewer_than_fifty_cases_should_hold_shows_no_band() -> None:
    cases = [case("plan", asked="plan") for _ in range(49)] + [case() for _ in range(60)]
    assert "plan" not in {line.code for line in bands_of([cases])}


@given(st.integers(min_value=1, max_value=5000), st.data())
def test_only_nothing_is_shown_as_0_and_only_everything_as_100_percent(
    asked: int, data: st.DataObject
) -> None:
    missing = data.draw(st.integers(min_value=0, max_value=asked))
    percent = Share(missing, asked).percent
    assert (percent == 0) is (missing == 0)
    assert (percent == 100) is (missing == asked)
