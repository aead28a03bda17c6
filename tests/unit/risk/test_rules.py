"""Levels, items, repeats and what points to a MARAC."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.cases.contributions import HarmEvent
from caseapp.risk.models import DashHead
from caseapp.risk.rules import (
    DASH,
    MOST,
    PLAIN,
    RANKS,
    YOUTH,
    Judged,
    NotItems,
    Referral,
    a_year_after,
    is_lower,
    level_by_score,
    marac_criteria,
    may_be_same_perpetrator,
    read_items,
    repeats,
    repeats_since,
    tools_for,
    why_score_is_wrong,
    within_a_year,
)

CASE, ONE, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
TODAY = date(2026, 11, 23)

days = st.dates(date(2015, 1, 1), date(2040, 12, 31))
scores = st.integers(0, MOST)
items = st.sets(st.integers(1, MOST), min_size=1)
whoever = st.sampled_from([None, ONE, OTHER])
events = st.lists(
    st.builds(
        HarmEvent,
        case_id=st.just(CASE),
        on=days,
        what=st.just("Assault"),
        is_domestic=st.just(True),
        perpetrator_id=whoever,
    ),
    max_size=12,
)


def event(on: date, by: UUID | None = None) -> HarmEvent:
    return HarmEvent(CASE, on, "Assault", is_domestic=True, perpetrator_id=by)


def dash(score: int, on: date = TODAY, level: str = "") -> DashHead:
    by_score = level_by_score(score)
    return DashHead(
        on=on,
        score=score,
        level_by_score=by_score,
        level=level or by_score,
        by_judgement=bool(level) and level != by_score,
    )


def judged(level: str, on: date = TODAY, how: str = PLAIN) -> Judged:
    return Judged(ONE, on, level, how, author_id=OTHER)


def codes(*found: object) -> list[str]:
    return [criterion.code for criterion in marac_criteria(*found)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("score", "level"),
    [(0, "standard"), (1, "standard"), (9, "standard"), (10, "medium"), (13, "medium")]
    + [(14, "high"), (24, "high")],
)
def test_the_score_makes_the_level_at_the_thresholds_of_the_checklist(
    score: int, level: str
) -> None:
    assert level_by_score(score) == level


@given(scores, scores)
def test_a_higher_score_never_makes_a_lower_level(one: int, other: int) -> None:
    lower, higher = sorted((one, other))
    assert not is_lower(level_by_score(higher), level_by_score(lower))


@given(st.sampled_from(sorted(RANKS)), st.sampled_from(sorted(RANKS)))
def test_of_two_different_levels_one_is_lower(one: str, other: str) -> None:
    assert is_lower(one, other) + is_lower(other, one) == (one != other)


@given(items, st.sampled_from([" ", ",", ", ", "  "]))
def test_items_are_read_however_they_are_parted(chosen: set[int], gap: str) -> None:
    assert read_items(gap.join(map(str, chosen))) == tuple(sorted(chosen))


@given(st.integers(1, MOST), st.integers(1, MOST))
def test_a_range_of_items_is_all_between_its_ends(one: int, other: int) -> None:
    first, last = sorted((one, other))
    assert read_items(f"{first}-{last}") == tuple(range(first, last + 1))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("25", "There is no item 25"),
        ("0", "There is no item 0"),
        ("3 4 3", "Item 3 is there twice"),
        ("1-5 5", "Item 5 is there twice"),
        ("1 two", "numbers of the items"),
        ("1-2-3", "numbers of the items"),
        ("-4", "numbers of the items"),
        ("9-7", "runs backwards"),
        ("1-99999999", "numbers of the items"),
        ("٣", "numbers of the items"),
    ],
)
def test_what_cannot_be_items_is_refused_with_the_reason(typed: str, message: str) -> None:
    with pytest.raises(NotItems, match=message):
        read_items(typed)


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_items_or_a_reason(text: str) -> None:
    try:
        found = read_items(text)
    except NotItems:
        return
    assert all(1 <= item <= MOST for item in found)
    assert sorted(set(found)) == list(found)


@given(items, scores)
def test_items_and_score_agree_or_are_refused(chosen: set[int], score: int) -> None:
    assert (why_score_is_wrong(tuple(chosen), score) is None) == (len(chosen) == score)
    assert why_score_is_wrong(tuple(chosen), None) is None
    assert why_score_is_wrong((), score) is None
    assert why_score_is_wrong((), None)


@pytest.mark.parametrize(
    ("service", "themes", "first"),
    [
        ("youth_violence", ("youth_violence", "domestic_abuse"), YOUTH),
        ("idva", ("domestic_abuse",), DASH),
        ("sexual_violence", ("sexual_violence", "domestic_abuse"), DASH),
        ("sexual_violence", ("sexual_violence",), PLAIN),
    ],
)
def test_the_way_made_for_the_case_comes_first_and_every_way_stays_possible(
    service: str, themes: tuple[str, ...], first: str
) -> None:
    tools = tools_for(service, themes)
    assert tools[0] == first
    assert set(tools) == {DASH, YOUTH, PLAIN}


@given(days)
def test_a_year_after_is_the_same_day_or_the_first_of_march(day: date) -> None:
    later = a_year_after(day)
    assert later.year == day.year + 1
    leap = (day.month, day.day) == (2, 29)
    assert (later.month, later.day) == ((3, 1) if leap else (day.month, day.day))


@given(events, days)
def test_an_event_counts_for_twelve_months_and_not_before_it_happened(
    known: list[HarmEvent], until: date
) -> None:
    recent = within_a_year(known, until)
    assert all(each.on <= until <= a_year_after(each.on) for each in recent)
    assert [each.on for each in recent] == sorted(each.on for each in recent)
    rest = [each for each in known if each not in recent]
    assert all(each.on > until or until > a_year_after(each.on) for each in rest)


@given(whoever, whoever)
def test_only_two_known_and_different_perpetrators_are_surely_not_the_same(
    one: UUID | None, other: UUID | None
) -> None:
    surely_different = one is not None and other is not None and one != other
    assert may_be_same_perpetrator(one, other) is not surely_different
    assert may_be_same_perpetrator(other, one) is not surely_different


@given(events, st.lists(st.builds(Referral, days, whoever), max_size=4))
def test_a_repeat_lies_within_twelve_months_after_a_referral(
    known: list[HarmEvent], referrals: list[Referral]
) -> None:
    for each in repeats_since(known, referrals):
        maybe = [
            r for r in referrals if may_be_same_perpetrator(r.perpetrator_id, each.perpetrator_id)
        ]
        newest = max(referral.on for referral in maybe)
        assert newest < each.on <= a_year_after(newest)


def test_the_event_that_led_to_the_referral_is_no_repeat_and_the_anniversary_still_is() -> None:
    known = [event(TODAY), event(a_year_after(TODAY)), event(a_year_after(TODAY) + timedelta(1))]
    assert repeats_since(known, [Referral(TODAY)]) == (known[1],)


def test_abuse_by_somebody_known_to_be_another_is_no_repeat() -> None:
    later, referrals = TODAY + timedelta(30), [Referral(TODAY, ONE)]
    assert repeats_since([event(later, OTHER)], referrals) == ()
    assert repeats_since([event(later, ONE)], referrals) == (event(later, ONE),)
    assert repeats_since([event(later)], referrals) == (event(later),)


def test_a_referral_because_of_another_hides_no_repeat() -> None:
    referrals = [Referral(TODAY, ONE), Referral(TODAY + timedelta(100), OTHER)]
    for days_after in (50, 200):
        again = event(TODAY + timedelta(days_after), ONE)
        assert repeats_since([again], referrals) == (again,)


def test_what_a_later_referral_because_of_the_same_one_knew_of_is_no_repeat() -> None:
    referrals = [Referral(TODAY, ONE), Referral(TODAY + timedelta(100), ONE)]
    assert repeats_since([event(TODAY + timedelta(50), ONE)], referrals) == ()


@given(events)
def test_each_repeat_follows_an_event_within_twelve_months(known: list[HarmEvent]) -> None:
    found = repeats(known)
    assert len(found) <= max(0, len(known) - 1)
    for earlier, later in found:
        assert earlier.on <= later.on <= a_year_after(earlier.on)
        assert may_be_same_perpetrator(earlier.perpetrator_id, later.perpetrator_id)


@given(events)
def test_no_repeat_is_missed(known: list[HarmEvent]) -> None:
    ordered = sorted(known, key=lambda each: each.on)
    follows = sum(
        any(
            later.on <= a_year_after(earlier.on)
            and may_be_same_perpetrator(earlier.perpetrator_id, later.perpetrator_id)
            for earlier in ordered[:number]
        )
        for number, later in enumerate(ordered)
    )
    assert len(repeats(known)) == follows


def test_a_repeat_names_the_nearest_event_by_the_same_one() -> None:
    first, between, last = (
        event(TODAY + timedelta(n), by) for n, by in ((0, ONE), (5, OTHER), (9, ONE))
    )
    assert repeats([last, between, first]) == ((first, last),)


def test_nothing_points_to_a_marac_where_nothing_is_known() -> None:
    assert marac_criteria(None, None, (), None, ()) == ()


@given(scores)
def test_visible_high_risk_is_a_score_of_fourteen_or_more(score: int) -> None:
    assert ("visible_high_risk" in codes(dash(score), None, (), None, ())) is (score >= 14)


def test_a_level_raised_to_high_is_professional_judgement_and_not_visible_high_risk() -> None:
    assert codes(dash(11, level="high"), None, (), None, ()) == ["professional_judgement"]
    assert codes(dash(5, level="medium"), None, (), None, ()) == []


@pytest.mark.parametrize("how", [PLAIN, YOUTH])
def test_a_worker_who_judges_high_without_a_dash_is_heard(how: str) -> None:
    assert codes(None, judged("high", how=how), (), None, ()) == ["professional_judgement"]
    assert codes(None, judged("medium", how=how), (), None, ()) == []


def test_the_level_of_a_dash_by_its_score_is_not_taken_for_a_judgement() -> None:
    assert codes(dash(15), judged("high", how=DASH), (), None, ()) == ["visible_high_risk"]


def test_three_events_in_twelve_months_are_escalation() -> None:
    three = tuple(event(TODAY - timedelta(30 * n)) for n in range(3))
    assert codes(None, None, three, None, ()) == ["escalation"]
    assert codes(None, None, three[:2], None, ()) == []


def test_what_the_last_referral_knew_is_not_proposed_again() -> None:
    three = tuple(event(TODAY - timedelta(n)) for n in range(3))
    known = (dash(20), judged("high"), three)
    assert codes(*known, TODAY, ()) == []
    assert codes(*known, TODAY - timedelta(1), ()) == [
        "visible_high_risk",
        "professional_judgement",
        "escalation",
    ]


def test_a_repeat_needs_a_referral_before_it() -> None:
    assert codes(None, None, (), TODAY, (event(TODAY + timedelta(9)),)) == ["repeat"]
    assert codes(None, None, (), None, (event(TODAY),)) == []


def test_every_criterion_says_which_facts_it_rests_on() -> None:
    three = tuple(event(TODAY - timedelta(n)) for n in range(3))
    found = marac_criteria(dash(16), judged("high"), three, None, ())
    assert [criterion.facts for criterion in found] == [
        ("DASH score of 16 on 23 November 2026",),
        ("Judged high on 23 November 2026",),
        (
            "Assault on 23 November 2026",
            "Assault on 22 November 2026",
            "Assault on 21 November 2026",
        ),
    ]
