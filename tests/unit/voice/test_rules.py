"""No figure stands on fewer than ten answers, and no two of them together do either."""

from collections.abc import Iterator
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.voice.rules import (
    FACTS,
    FEWEST,
    NOT_SAID,
    STRETCH,
    Batch,
    Voice,
    at_least,
    heard,
    heard_by,
    per_cent,
    shows_few,
    steps,
    stretches,
)

MONTHS = [f"2026-{month:02}" for month in range(1, 9)]
GROUPS = {
    "justice_outcome": ("yes", "no", NOT_SAID),
    "theme": ("youth_violence", "domestic_abuse", "more_than_one"),
    "service": ("youth_violence", "idva", NOT_SAID),
    "sex": ("female", "male", NOT_SAID),
    "age_band": ("under_25", "over_24"),
    "ethnicity": ("white", "black", "asian", "mixed", NOT_SAID),
}


@st.composite
def many_batches(draw: st.DrawFn) -> list[Batch]:
    """Of one to forty answers; each answer can be told from every other by what was said."""
    number, batches = 0, []
    # One service brings most of a theme, so that the groups of two facts nearly are the same.
    strange = draw(st.integers(0, 12))
    for month in MONTHS[: draw(st.integers(1, len(MONTHS)))]:
        voices = []
        for _ in range(draw(st.integers(1, 40))):
            facts = {fact: draw(st.sampled_from(GROUPS[fact][:2])) for fact in FACTS}
            facts["service"] = {"domestic_abuse": "idva"}.get(facts["theme"], "youth_violence")
            if strange:
                fact = draw(st.sampled_from(FACTS))
                facts[fact], strange = draw(st.sampled_from(GROUPS[fact])), strange - 1
            voices.append(Voice(facts, (str(number),)))
            number += 1
        batches.append(Batch(month, tuple(voices)))
    return batches


def who(voices: tuple[Voice, ...]) -> frozenset[str]:
    return frozenset(code for voice in voices for code in voice.said)


def everything_shown(batches: list[Batch]) -> Iterator[frozenset[str]]:
    """Whoever stands behind each figure that anybody could ever see: at each date, of each period,
    in all and by each fact; and those that a breakdown leaves over."""
    for date in range(len(batches) + 1):
        then = batches[:date]
        months = [each.month for each in then]
        for since, until in combinations([*months, *months], 2):
            if since <= until:
                yield who(heard(then, since, until))
                for fact in FACTS:
                    yield from _broken_down(then, since, until, fact)


def _broken_down(then: list[Batch], since: str, until: str, fact: str) -> Iterator[frozenset[str]]:
    groups = [who(each) for each in heard_by(then, since, until, fact).values()]
    whole = {
        code
        for each in stretches(then)
        if since <= each.steps[0].since and each.steps[-1].until <= until
        for code in who(each.voices)
    }
    yield from groups
    yield frozenset(whole).difference(*groups)


@given(many_batches())
@settings(max_examples=60, deadline=None)
def test_nobody_who_compares_two_dates_periods_or_breakdowns_is_left_with_one_to_nine(
    batches: list[Batch],
) -> None:
    shown = {each for each in everything_shown(batches) if each}
    assert min(map(len, shown), default=FEWEST) >= FEWEST
    for less in shown:
        for more in shown:
            if less < more:
                assert len(more - less) >= FEWEST


@given(st.lists(st.integers(0, 60), max_size=8), st.integers(0, 60))
def test_a_figure_moves_only_when_ten_more_have_come_and_what_stood_stays(
    sizes: list[int], more: int
) -> None:
    batches = [a_batch(month, size) for month, size in zip(MONTHS, sizes, strict=False)]
    before, after = steps(batches), steps([*batches, a_batch("2026-12", more)])
    assert after[: len(before)] == before
    assert all(len(each.voices) >= FEWEST for each in after)


@given(many_batches())
@settings(max_examples=40, deadline=None)
def test_a_breakdown_leaves_none_over_or_ten_and_has_no_group_under_ten(
    batches: list[Batch],
) -> None:
    for stretch in stretches(batches):
        assert len(stretch.voices) >= STRETCH
        for fact in FACTS:
            groups = stretch.groups(fact)
            shown = sum(map(len, groups.values()))
            assert all(len(each) >= FEWEST for each in groups.values())
            assert len(stretch.voices) - shown == 0 or len(stretch.voices) - shown >= FEWEST


def a_batch(month: str, size: int, sex: str = "female") -> Batch:
    facts = {**dict.fromkeys(FACTS, NOT_SAID), "sex": sex}
    return Batch(month, (Voice(facts, ("agree",)),) * size)


def test_nine_answers_are_no_figure_and_ten_are() -> None:
    assert heard([a_batch("2026-01", 9)], "2026-01", "2026-12") == ()
    assert len(heard([a_batch("2026-01", 10)], "2026-01", "2026-12")) == 10
    assert per_cent(a_batch("2026-01", 9).voices, "agree") is None
    assert per_cent(a_batch("2026-01", 10).voices, "agree") == 100


@given(st.integers(0, 300), st.integers(0, 300))
def test_shares_and_numbers_of_answers_are_no_more_exact_than_promised(yes: int, no: int) -> None:
    voices = a_batch("", yes).voices + (Voice(dict.fromkeys(FACTS, NOT_SAID), ("disagree",)),) * no
    shown = per_cent(voices, "agree")
    if yes + no < FEWEST:
        assert shown is None
    else:
        assert shown is not None
        assert shown % 5 == 0
        assert abs(shown - 100 * yes / (yes + no)) <= 2.5
        assert at_least(voices) % 10 == 0
        assert 0 <= yes + no - at_least(voices) < 10


def test_a_period_holds_only_steps_that_lie_in_it_whole() -> None:
    batches = [a_batch("2026-01", 6), a_batch("2026-02", 6), a_batch("2026-03", 11)]
    assert heard(batches, "2026-01", "2026-01") == ()
    assert len(heard(batches, "2026-01", "2026-02")) == 12
    assert len(heard(batches, "2026-02", "2026-03")) == 11


def test_the_smallest_group_shown_is_hidden_too_where_the_rest_is_small() -> None:
    women, men, others = (
        a_batch("2026-01", size, sex) for size, sex in ((20, "female"), (16, "male"), (4, NOT_SAID))
    )
    batch = Batch("2026-01", women.voices + men.voices + others.voices)
    assert {g: len(v) for g, v in heard_by([batch], "2026-01", "2026-12", "sex").items()} == {
        "female": 20
    }
    whole = Batch("2026-01", women.voices + men.voices + a_batch("", 4, "male").voices)
    assert set(heard_by([whole], "2026-01", "2026-12", "sex")) == {"female", "male"}


def test_a_group_that_came_in_one_step_with_few_others_does_not_show_those_others() -> None:
    first = Batch("2026-01", a_batch("", 10).voices + a_batch("", 3, "male").voices)
    assert heard_by([first, a_batch("2026-02", 27, "male")], "2026-01", "2026-12", "sex") == {}


def test_groups_are_not_told_apart_among_fewer_than_forty() -> None:
    batches = [a_batch("2026-01", 20), a_batch("2026-02", 19, "male")]
    assert heard_by(batches, "2026-01", "2026-12", "sex") == {}


def test_two_ways_of_parting_that_nearly_agree_show_who_is_between_them() -> None:
    one = ["a"] * 13 + ["b"] * 27
    assert shows_few(one, ["c"] * 10 + ["d"] * 30)  # c is a but for three
    assert shows_few(["c"] * 10 + ["d"] * 30, one)
    assert not shows_few(one, one)
    assert not shows_few(one, ["c", "d"] * 20)
