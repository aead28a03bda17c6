"""What the concerns of the youth judgement point to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.reference import code_list
from caseapp.risk.rules import is_lower
from caseapp.risk.youth import domains, proposed_level, weighing_parts

CODES = [domain.code for domain in domains()]
DIRECT = [
    e.code for e in code_list("youth_risk_domain").entries if e.attributes["weight"] == "direct"
]
AROUND = [
    e.code for e in code_list("youth_risk_domain").entries if e.attributes["weight"] == "around"
]
DEGREES = ["none", "some", "high"]

answers = st.fixed_dictionaries({code: st.sampled_from([*DEGREES, "not_known"]) for code in CODES})


def proposed(**concerns: str) -> str:
    return proposed_level((code, concerns.get(code, "none")) for code in CODES)


def test_the_nine_parts_are_those_of_the_brief_of_the_field() -> None:
    assert CODES == [
        "harm_to_self", "harm_from_others", "harm_to_others", "exploitation", "weapons",
        "places", "peers", "online", "protective_factors",
    ]  # fmt: skip


@given(answers, st.sampled_from(CODES))
def test_more_concern_in_one_part_never_lowers_the_proposal(
    concerns: dict[str, str], code: str
) -> None:
    levels = [proposed_level({**concerns, code: degree}.items()) for degree in DEGREES]
    assert not is_lower(levels[1], levels[0])
    assert not is_lower(levels[2], levels[1])


@pytest.mark.parametrize("code", DIRECT)
def test_high_concern_of_direct_harm_is_enough_for_high(code: str) -> None:
    assert proposed(**{code: "high"}) == "high"


@pytest.mark.parametrize("code", AROUND)
def test_high_concern_about_the_surroundings_is_medium(code: str) -> None:
    assert proposed(**{code: "high"}) == "medium"


@given(answers, st.sampled_from(DEGREES))
def test_protective_factors_never_lower_the_proposal(concerns: dict[str, str], degree: str) -> None:
    without = proposed_level({**concerns, "protective_factors": "not_known"}.items())
    assert not is_lower(proposed_level({**concerns, "protective_factors": degree}.items()), without)


@pytest.mark.parametrize("degree", DEGREES)
def test_a_proposal_on_the_edge_stays_where_it_is_whatever_protects(degree: str) -> None:
    edge = {"harm_from_others": "some", "peers": "some"}
    assert proposed(**edge, protective_factors=degree) == "medium"
    assert proposed(weapons="high", protective_factors=degree) == "high"


def test_no_concern_and_nothing_known_are_standard() -> None:
    assert proposed() == "standard"
    assert proposed_level((code, "not_known") for code in CODES) == "standard"


@given(answers)
def test_the_parts_that_weigh_explain_the_proposal(concerns: dict[str, str]) -> None:
    weighing = weighing_parts(concerns.items())
    assert proposed_level(weighing) == proposed_level(concerns.items())
    assert all(concern in {"some", "high"} for _, concern in weighing)


def test_a_degree_that_a_home_adds_to_its_list_counts_as_the_highest_we_know() -> None:
    assert proposed_level([("weapons", "high")]) == "high"
