"""The invented borough shows the figures of the strategy, each with its paragraph."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

import pytest

from caseapp.demo.borough import POPULATION, PRIORITY_WARDS, SEXUAL
from caseapp.demo.lives import CaseTold, IncidentTold
from caseapp.demo.period import period_of
from caseapp.demo.story import stories
from caseapp.people.rules import age_on
from caseapp.reference import entry

ASSAULTS = {"grievous_bodily_harm", "actual_bodily_harm", "common_assault"}
NEAR = 0.035  # of 1: chance alone moves a share of 1,000 cases by about 0.015


@cache
def borough() -> list[CaseTold]:
    return list(stories(5_000, 11, period_of(24, date(2026, 3, 1), date(2026, 4, 1))))


def age(case: CaseTold) -> int:
    return age_on(case.person.date_of_birth, case.opened)


def under_25() -> list[CaseTold]:
    return [case for case in borough() if age(case) < 25]


def with_theme(theme: str) -> list[CaseTold]:
    return [case for case in borough() if theme in case.theme]


def victims_of(cases: Iterable[CaseTold], holds: Callable[[IncidentTold], bool]) -> list[CaseTold]:
    """The case once for each of its incidents of this kind."""
    return [case for case in cases for incident in case.incidents if holds(incident)]


def share(cases: list[CaseTold], holds: Callable[[CaseTold], bool]) -> float:
    assert len(cases) > 100
    return sum(map(holds, cases)) / len(cases)


def is_female(case: CaseTold) -> bool:
    return case.person.sex == "female"


def lives_here(case: CaseTold) -> bool:
    return case.person.residence == "in_borough"


def ethnic_group(case: CaseTold) -> str | None:
    return entry("ethnicity", case.person.ethnicity).group


def black_to_white(cases: list[CaseTold]) -> float:
    groups = Counter(map(ethnic_group, cases))
    return (groups["black"] / POPULATION["black"]) / (groups["white"] / POPULATION["white"])


def detection_rate(incidents: Iterable[IncidentTold]) -> float:
    outcomes = [
        entry("criminal_justice_outcome", incident.outcome).attributes
        for incident in incidents
        if incident.outcome
    ]
    assigned = [outcome for outcome in outcomes if outcome["assigned"] == "yes"]
    assert len(assigned) > 100
    return sum(outcome["detection"] == "yes" for outcome in assigned) / len(assigned)


def incidents_of(cases: Iterable[CaseTold]) -> list[IncidentTold]:
    return [incident for case in cases for incident in case.incidents]


def test_58_percent_of_victims_under_25_are_female_4_4() -> None:
    assert share(under_25(), is_female) == pytest.approx(0.58, abs=NEAR)


def test_42_percent_of_victims_under_25_live_in_the_borough_4_4() -> None:
    assert share(under_25(), lives_here) == pytest.approx(0.42, abs=NEAR)


def test_55_percent_of_non_domestic_assaults_under_25_hurt_females_4_4() -> None:
    assaulted = victims_of(under_25(), lambda i: i.offence in ASSAULTS and not i.domestic)
    assert share(assaulted, is_female) == pytest.approx(0.55, abs=NEAR)


def test_81_percent_of_robbery_victims_under_25_are_male_4_4() -> None:
    robbed = victims_of(under_25(), lambda i: i.offence == "personal_robbery")
    assert 1 - share(robbed, is_female) == pytest.approx(0.81, abs=NEAR + 0.02)


def test_14_of_18_knife_injuries_under_25_are_of_males_4_4() -> None:
    hurt = {"treated", "admitted", "life_threatening"}
    stabbed = victims_of(under_25(), lambda i: i.weapon == "knife" and i.injury in hurt)
    assert 1 - share(stabbed, is_female) == pytest.approx(14 / 18, abs=0.08)


def test_black_victims_under_25_are_2_3_times_as_many_per_resident_as_white_ones_4_4() -> None:
    assert black_to_white(under_25()) == pytest.approx(43.1 / 18.5, rel=0.15)


def test_black_victims_of_domestic_abuse_are_2_7_times_as_many_per_resident_4_4() -> None:
    assert black_to_white(with_theme("domestic_abuse")) == pytest.approx(30.8 / 11.5, rel=0.18)


def test_45_percent_of_children_of_the_youth_service_have_communication_needs_4_4() -> None:
    children = [c for c in borough() if c.service == "youth_violence" and age(c) < 18]
    has_slcn = share(children, lambda c: any(flag.list_name == "slcn" for flag in c.flags))
    assert has_slcn == pytest.approx(0.45, abs=NEAR)


def test_91_percent_of_domestic_abuse_referrals_are_female_4_4() -> None:
    assert share(with_theme("domestic_abuse"), is_female) == pytest.approx(0.91, abs=NEAR)


def test_26_percent_of_ethnicity_is_missing_for_domestic_abuse_4_4() -> None:
    missing = share(with_theme("domestic_abuse"), lambda c: ethnic_group(c) == "unknown")
    assert missing == pytest.approx(0.26, abs=NEAR)


def test_17_percent_of_those_referred_to_marac_are_disabled_4_4() -> None:
    marac = [case for case in borough() if any(r.kind == "marac" for r in case.referrals)]
    disabled = share(marac, lambda c: any(f.limits in {"a_lot", "a_little"} for f in c.flags))
    assert disabled == pytest.approx(0.17, abs=NEAR)


def test_10_percent_of_domestic_abuse_outcomes_are_detections_4_4() -> None:
    domestic = incidents_of(with_theme("domestic_abuse"))
    assert detection_rate(domestic) == pytest.approx(0.10, abs=NEAR)


def test_6_percent_of_sexual_violence_outcomes_are_detections_4_4() -> None:
    sexual = [incident for incident in incidents_of(borough()) if incident.offence in SEXUAL]
    assert detection_rate(sexual) == pytest.approx(0.06, abs=NEAR)


def test_two_thirds_of_victims_of_sexual_violence_are_under_34_4_4() -> None:
    sexual = with_theme("sexual_violence")
    assert share(sexual, lambda c: age(c) < 34) == pytest.approx(0.66, abs=NEAR)
    assert share(sexual, lambda c: 18 <= age(c) <= 24) == pytest.approx(0.21, abs=NEAR)


def test_26_percent_of_victims_of_sexual_violence_live_in_the_borough_4_4() -> None:
    assert share(with_theme("sexual_violence"), lives_here) == pytest.approx(0.26, abs=NEAR)


@pytest.mark.parametrize("theme", ["youth_violence", "domestic_abuse", "sexual_violence"])
def test_the_priority_wards_have_the_most_incidents_of_each_theme_5_1(theme: str) -> None:
    wards = Counter(
        incident.ward
        for incident in incidents_of(with_theme(theme))
        if entry("ward", incident.ward).group == "borough"
    )
    assert {ward for ward, _ in wards.most_common(5)} == set(PRIORITY_WARDS)
