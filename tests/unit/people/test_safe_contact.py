"""Whether a way to reach somebody is safe now: never by chance, never because nobody asked."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.clock import LOCAL
from caseapp.people.models import SafeContact, SafeWindow
from caseapp.people.safe_contact import (
    hours_in_words,
    is_safe_hour,
    next_safe_hour,
    why_marked_unsafe,
    why_unsafe,
)
from caseapp.reference import choices

DAYS = [code for code, _ in choices("weekday")]
CHANNELS = [code for code, _ in choices("contact_channel")]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")

FIRST = datetime(2025, 1, 1, tzinfo=UTC)
moments = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
clock_times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
windows = st.builds(
    SafeWindow,
    days=st.sets(st.sampled_from(DAYS), min_size=1).map(tuple),
    starts=clock_times,
    ends=clock_times,
)
channels = st.sampled_from(CHANNELS)


def window(starts: time, ends: time, *days: str) -> SafeWindow:
    return SafeWindow(days=days or WEEKDAYS, starts=starts, ends=ends)


def phone(*given_windows: SafeWindow, **rest: object) -> SafeContact:
    return SafeContact(phone="07700 900123", windows=given_windows, **rest)  # type: ignore[arg-type]


AFTER_SCHOOL = phone(window(time(16), time(17)))


@pytest.mark.parametrize(
    ("local", "is_safe"),
    [
        ("2026-11-23T15:59", False),  # a Monday in winter
        ("2026-11-23T16:00", True),
        ("2026-11-23T16:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-22T16:30", False),  # a Sunday
        ("2026-07-06T16:30", True),  # a Monday in British Summer Time
        ("2026-07-06T17:00", False),
    ],
)
def test_a_call_is_safe_from_the_first_minute_to_the_last_by_londons_clock(
    local: str, is_safe: bool
) -> None:
    at = datetime.fromisoformat(local).replace(tzinfo=LOCAL)
    assert (why_unsafe(AFTER_SCHOOL, "phone", at) == ()) is is_safe


def test_in_summer_the_hour_of_utc_is_not_the_hour_of_the_borough() -> None:
    assert why_unsafe(AFTER_SCHOOL, "phone", datetime(2026, 7, 6, 15, 30, tzinfo=UTC)) == ()
    assert why_unsafe(AFTER_SCHOOL, "phone", datetime(2026, 7, 6, 16, 30, tzinfo=UTC)) != ()


NIGHT = phone(window(time(22), time(2), "saturday"))


@pytest.mark.parametrize(
    ("local", "is_safe"),
    [
        ("2026-03-28T21:59", False),
        ("2026-03-28T22:00", True),
        ("2026-03-29T00:30", True),  # Sunday: the night of Saturday still
        ("2026-03-29T02:00", False),  # and this night the clocks go forward
        ("2026-03-28T01:00", False),  # the night of Friday
        ("2026-10-25T01:30", True),  # the hour that comes twice
    ],
)
def test_hours_that_end_before_they_begin_run_into_the_next_morning(
    local: str, is_safe: bool
) -> None:
    for fold in (0, 1):
        at = datetime.fromisoformat(local).replace(tzinfo=LOCAL, fold=fold)
        assert is_safe_hour(NIGHT, at) is is_safe


@given(moments, channels)
def test_nothing_is_safe_where_nobody_asked(at: datetime, channel: str) -> None:
    assert why_unsafe(SafeContact(), channel, at)


@given(moments, st.text(min_size=1))
def test_hours_in_words_alone_are_never_taken_for_any_hour(at: datetime, words: str) -> None:
    reasons = why_unsafe(phone(hours=words), "phone", at)
    assert len(reasons) == 1
    assert words in reasons[0]


@given(moments, channels, st.lists(windows, max_size=2).map(tuple))
def test_a_way_that_they_said_is_not_safe_is_safe_at_no_hour(
    at: datetime, channel: str, given_windows: tuple[SafeWindow, ...]
) -> None:
    contact = SafeContact(
        phone="07700 900123",
        email="a@example.org",
        channels=tuple(CHANNELS),
        unsafe_channels=(channel,),
        windows=given_windows,
        any_hour=True,
    )
    assert why_marked_unsafe(contact, channel, at)


@given(moments, channels)
def test_a_way_that_they_said_is_safe_at_any_hour_is_safe(at: datetime, channel: str) -> None:
    assert why_unsafe(SafeContact(channels=(channel,), any_hour=True), channel, at) == ()


@given(moments, st.lists(windows, min_size=1, max_size=2).map(tuple))
def test_a_letter_does_not_wait_for_an_hour(
    at: datetime, given_windows: tuple[SafeWindow, ...]
) -> None:
    contact = SafeContact(channels=("letter",), windows=given_windows)
    assert why_unsafe(contact, "letter", at) == ()


@given(moments, st.lists(windows, min_size=1, max_size=2).map(tuple))
def test_only_what_was_said_counts_after_the_fact(
    at: datetime, given_windows: tuple[SafeWindow, ...]
) -> None:
    """Of a call that was made: what nobody asked is no reproach, what they said is."""
    assert why_marked_unsafe(SafeContact(), "phone", at) == ()
    contact = phone(*given_windows)
    assert bool(why_marked_unsafe(contact, "phone", at)) is (not is_safe_hour(contact, at))


@given(moments, windows)
def test_more_hours_never_make_a_safe_moment_unsafe(at: datetime, other: SafeWindow) -> None:
    wider = phone(*AFTER_SCHOOL.windows, other)
    assert is_safe_hour(wider, at) or not is_safe_hour(AFTER_SCHOOL, at)


@given(moments, windows)
def test_a_week_later_by_the_clock_is_as_safe(at: datetime, some: SafeWindow) -> None:
    local = at.astimezone(LOCAL).replace(tzinfo=None)
    later = (local + timedelta(days=7)).replace(tzinfo=LOCAL)
    contact = phone(some)
    assert is_safe_hour(contact, at) == is_safe_hour(contact, later)


@given(moments, windows)
def test_the_next_safe_hour_is_safe_and_not_before(after: datetime, some: SafeWindow) -> None:
    contact = phone(some)
    found = next_safe_hour(contact, after)
    if found is not None:  # a window of less than a quarter of an hour may fall between
        assert found >= after
        assert is_safe_hour(contact, found)


def test_a_whole_day_runs_from_midnight_to_midnight() -> None:
    contact = phone(window(time(0), time(0), "monday"))
    day = datetime(2026, 11, 23, tzinfo=LOCAL)
    hours = [is_safe_hour(contact, day + timedelta(hours=n)) for n in range(-1, 25)]
    assert hours == [False, *[True] * 24, False]


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (SafeContact(), ""),
        (SafeContact(any_hour=True), "at any time"),
        (SafeContact(hours="after work"), "after work"),
        (AFTER_SCHOOL, "Monday to Friday, 4:00pm to 5:00pm"),
        (NIGHT, "Saturday, 10:00pm to 2:00am the next morning"),
        (
            phone(window(time(9), time(0), "monday", "wednesday"), hours="not in August"),
            "Monday and Wednesday, 9:00am to midnight (not in August)",
        ),
        (phone(window(time(9), time(10), *DAYS)), "every day, 9:00am to 10:00am"),
    ],
)
def test_the_hours_read_as_somebody_would_say_them(contact: SafeContact, words: str) -> None:
    assert hours_in_words(contact) == words
