"""Figures that are each right and cannot be true together are named."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from caseapp.figures.catalogue import EVERYBODY, census, figure_specs, parts
from caseapp.figures.queries import EnteredValue
from caseapp.figures.rules import TOLERANCE, parts_above_their_whole, sums_that_differ
from caseapp.reference import code_list


def value(number: float) -> EnteredValue:
    return EnteredValue(number, "Police", date(2026, 5, 4))


def test_more_detections_than_outcomes_are_named() -> None:
    entered = {"police_da_detections": value(11), "police_da_outcomes": value(10)}
    (sentence,) = parts_above_their_whole(entered)
    assert "detections (11) cannot be more than Domestic abuse: outcomes assigned (10)" in sentence
    assert list(parts_above_their_whole({**entered, "police_da_outcomes": value(11)})) == []


def test_a_part_whose_whole_is_missing_is_not_complained_of() -> None:
    assert list(parts_above_their_whole({"police_da_detections": value(11)})) == []


def test_the_census_itself_is_not_complained_of() -> None:
    assert list(sums_that_differ({each.code: each.people for each in census().groups})) == []


def test_groups_that_do_not_add_up_are_named_with_the_difference() -> None:
    groups = {each.code: each.people for each in census().groups}
    (sentence,) = sums_that_differ({**groups, "white": groups["white"] - 1000})
    assert sentence == ("The groups by ethnic group add up to 142,373, 1,000 fewer than everybody")


@given(st.fixed_dictionaries({g.code: st.integers(1, 10**6) for g in census().groups}))
def test_whatever_is_more_than_a_thousandth_off_is_named(groups: dict[str, int]) -> None:
    named = " ".join(sums_that_differ(groups))
    for name, members in parts().items():
        off = abs(sum(groups[each.code] for each in members) - groups[EVERYBODY])
        assert (f"by {name} " in named) == (off > groups[EVERYBODY] * TOLERANCE)


def test_every_ethnic_group_of_the_lists_has_people_to_work_a_rate_out_in() -> None:
    known = {each.code for each in census().groups}
    assert set(code_list("ethnicity").groups) - {"unknown"} <= known
    assert {each.code for each in code_list("sex").entries if each.code in ("female", "male")} <= (
        known
    )


def test_every_figure_belongs_to_an_indicator_and_to_a_figure_that_there_is() -> None:
    specs = figure_specs()
    indicators = {entry.code for entry in code_list("indicator").entries}
    assert {str(spec.indicator) for spec in specs.values()} <= indicators
    assert {spec.part_of for spec in specs.values()} - {""} <= specs.keys()
    assert all(len(code) <= 40 for code in specs)
