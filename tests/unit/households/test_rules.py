"""Who is a child, and which ties between people cannot be."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.households.rules import (
    inverse_of,
    is_above,
    is_restricted,
    is_too_young,
    what_to_look_at,
    why_not_a_child,
    word_for,
    would_be_own_ancestor,
)
from caseapp.people.rules import age_on
from caseapp.reference import code_list

TODAY = date(2026, 5, 4)
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("born", "expected", "field"),
    [
        (TODAY, None, None),
        (None, None, None),
        (None, TODAY, None),
        (date(2008, 5, 5), None, None),  # 18 tomorrow
        (date(2008, 5, 4), None, "date_of_birth"),  # 18 today
        (TODAY + timedelta(days=1), None, "date_of_birth"),
        (None, TODAY - timedelta(days=1), "expected_on"),
        (None, TODAY + timedelta(days=400), "expected_on"),
        (date(2020, 1, 1), TODAY, "expected_on"),
    ],
)
def test_an_adult_an_unborn_and_a_late_child_are_each_told_what_is_wrong(
    born: date | None, expected: date | None, field: str | None
) -> None:
    problem = why_not_a_child(born, expected, TODAY)
    assert (problem and problem[0]) == field


@given(born=DAYS, today=DAYS)
def test_whoever_is_under_18_and_born_is_a_child(born: date, today: date) -> None:
    is_child = born <= today and age_on(born, today) < 18
    assert (why_not_a_child(born, None, today) is None) == is_child


def test_time_turns_a_right_record_into_one_to_look_at() -> None:
    assert what_to_look_at(date(2008, 5, 4), None, TODAY) == "Now 18 or over"
    assert what_to_look_at(None, date(2026, 5, 3), TODAY) == "Expected date has passed"
    assert what_to_look_at(date(2010, 1, 1), None, TODAY) == ""
    assert what_to_look_at(None, TODAY, TODAY) == ""


@pytest.mark.parametrize("name", ["family_relationship", "case_link"])
def test_a_tie_seen_from_the_other_side_and_back_is_the_same(name: str) -> None:
    codes = {entry.code for entry in code_list(name).entries}
    for code in codes:
        assert inverse_of(name, code) in codes
        assert inverse_of(name, inverse_of(name, code)) == code


def test_a_mother_is_called_so_and_somebody_whose_sex_is_not_known_is_not() -> None:
    assert word_for("parent", "female") == "Mother"
    assert word_for("child", "male") == "Son"
    assert word_for("parent", "not_known") == "Parent"
    assert word_for("partner", "female") == "Partner"
    assert word_for("of_an_older_list", "female") == "of_an_older_list (not in the list)"


def test_both_links_that_name_a_suspect_are_restricted() -> None:
    restricted = {e.code for e in code_list("case_link").entries if is_restricted(e.code)}
    assert restricted == {"suspected_here", "suspected_there"}
    assert is_restricted("of_an_older_list")


def test_no_tie_leads_up_from_both_sides() -> None:
    for entry in code_list("family_relationship").entries:
        inverse = inverse_of("family_relationship", entry.code)
        assert not (is_above(entry.code) and is_above(inverse))


def test_a_parent_is_older_than_their_child() -> None:
    assert is_too_young(date(2000, 1, 1), date(2000, 1, 1))
    assert is_too_young(date(2000, 1, 1), date(2001, 1, 1))
    assert not is_too_young(date(2000, 1, 1), date(1970, 1, 1))
    assert not is_too_young(None, date(1970, 1, 1))


@given(st.data())
def test_a_tie_that_closes_a_circle_is_found_and_no_other(data: st.DataObject) -> None:
    people = [uuid4() for _ in range(6)]
    order = {person: place for place, person in enumerate(people)}
    pairs = st.tuples(st.sampled_from(people), st.sampled_from(people))
    above: dict[UUID, set[UUID]] = {person: set() for person in people}
    for one, other in data.draw(st.lists(pairs, max_size=8)):
        if order[one] < order[other]:  # no circle among those that are there
            above[one].add(other)

    def elders(asked: Collection[UUID]) -> set[UUID]:
        return set().union(*(above[person] for person in asked))

    def ancestors(person: UUID) -> set[UUID]:
        return above[person].union(*(ancestors(elder) for elder in above[person]))

    younger, older = data.draw(pairs)
    closes = younger == older or younger in ancestors(older)
    assert would_be_own_ancestor(younger, older, elders) == closes
