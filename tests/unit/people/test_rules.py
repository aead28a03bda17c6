"""Age, disability and the line about safe contact: pure decisions, tried on every kind of day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.people.models import FlagHead, PersonBody, PersonHead, SafeContact
from caseapp.people.rules import (
    age_on,
    has_slcn,
    is_disabled,
    is_young_person,
    safe_contact_warning,
    why_wrong_age,
)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SOME_DAY = date(2026, 5, 4)


def birthday_in(born: date, year: int) -> date:
    """The day on which somebody turns a year older, by the rule of the house."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


@given(days, st.integers(0, 120))
def test_age_is_the_number_of_birthdays_since_the_birth(born: date, years: int) -> None:
    birthday = birthday_in(born, born.year + years)
    assert age_on(born, birthday) == years
    assert age_on(born, birthday - timedelta(days=1)) == years - 1


@given(days, days)
def test_age_never_falls_as_the_days_go_by(born: date, day: date) -> None:
    assert age_on(born, day + timedelta(days=1)) - age_on(born, day) in {0, 1}


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2024, 2, 28), 15),
        (date(2024, 2, 29), 16),
        (date(2025, 2, 28), 16),
        (date(2025, 3, 1), 17),
    ],
)
def test_somebody_born_on_29_february_turns_older_on_1_march(day: date, age: int) -> None:
    assert age_on(date(2008, 2, 29), day) == age


@given(days)
def test_a_young_person_is_one_until_the_day_of_their_25th_birthday(born: date) -> None:
    birthday = birthday_in(born, born.year + 25)
    assert is_young_person(born, birthday - timedelta(days=1))
    assert not is_young_person(born, birthday)


def test_nobody_is_called_young_when_their_date_of_birth_is_not_known() -> None:
    assert not is_young_person(None, SOME_DAY)


@pytest.mark.parametrize(
    ("service", "born", "is_refused"),
    [
        ("youth_violence", date(2001, 5, 5), False),  # 24, and 25 tomorrow
        ("youth_violence", date(2001, 5, 4), True),  # 25 today
        ("youth_violence", date(2019, 1, 1), False),
        ("idva", date(2010, 5, 4), False),  # 16 today
        ("idva", date(2010, 5, 5), True),  # 16 tomorrow
        ("sexual_violence", date(2019, 1, 1), False),
        ("sexual_violence", date(1940, 1, 1), False),
        ("youth_violence", date(2026, 5, 4), False),  # born today
        ("youth_violence", date(2026, 5, 5), True),  # not born yet
        ("sexual_violence", date(2026, 5, 5), True),
        ("youth_violence", None, False),
        ("idva", None, False),
    ],
)
def test_a_service_takes_the_ages_that_it_is_for(
    service: str, born: date | None, is_refused: bool
) -> None:
    assert bool(why_wrong_age(service, born, SOME_DAY)) is is_refused


def flag(list_name: str, code: str, **rest: object) -> FlagHead:
    return FlagHead(
        list_name=list_name,
        code=code,
        status="recorded",
        raised_on=SOME_DAY,
        **rest,  # type: ignore[arg-type]
    )


def test_a_need_that_has_ended_counts_no_more() -> None:
    living, ended = flag("slcn", "autism"), flag("slcn", "autism", ended_on=SOME_DAY)
    assert has_slcn([ended, living])
    assert not has_slcn([ended])
    assert not has_slcn([flag("disability", "hearing")])


@pytest.mark.parametrize(
    ("code", "long_lasting", "limits", "expected"),
    [
        ("hearing", True, "a_lot", True),
        ("hearing", True, "a_little", True),
        ("hearing", True, "not_at_all", False),
        ("hearing", True, "", False),
        ("hearing", False, "a_lot", False),
        ("hearing", None, "a_lot", False),
        ("none", True, "a_lot", False),
    ],
)
def test_disabled_needs_a_long_condition_that_limits_what_they_can_do(
    code: str, long_lasting: bool | None, limits: str, expected: bool
) -> None:
    assert is_disabled([flag("disability", code, long_lasting=long_lasting, limits=limits)]) is (
        expected
    )


def test_a_disability_that_has_ended_counts_no_more() -> None:
    ended = flag("disability", "hearing", long_lasting=True, limits="a_lot", ended_on=SOME_DAY)
    assert not is_disabled([ended])


HEAD = PersonHead(given_name="Zalika")


@pytest.mark.parametrize("allowed", [None, False])
def test_a_voicemail_is_warned_of_until_somebody_said_that_it_is_safe(allowed: bool | None) -> None:
    body = PersonBody(safe_contact=SafeContact(voicemail_allowed=allowed))
    assert "Do not leave a voicemail." in safe_contact_warning(body)


def test_hours_that_nobody_asked_for_are_warned_of() -> None:
    assert "Nobody has asked when it is safe to call." in safe_contact_warning(PersonBody())


def test_what_is_not_safe_stands_first() -> None:
    contact = SafeContact(unsafe_channels=("letter", "visit"), any_hour=True)
    line = safe_contact_warning(PersonBody(safe_contact=contact))
    assert line.startswith("Not safe: letter, or paper kept at home, visit at home. Safe to call")


def test_nothing_that_was_said_about_safe_contact_is_left_out() -> None:
    contact = SafeContact(
        hours="4 to 5pm", voicemail_allowed=True, who_may_answer="Gran", wording="Say: the gym"
    )
    line = safe_contact_warning(PersonBody(safe_contact=contact))
    assert [part in line for part in ("4 to 5pm", "Gran", "Say: the gym")] == [True] * 3
    assert "voicemail" not in line


@given(st.builds(SafeContact, hours=st.text(), who_may_answer=st.text(), wording=st.text()))
def test_the_line_about_safe_contact_is_never_empty_while_voicemail_was_not_asked(
    contact: SafeContact,
) -> None:
    assert safe_contact_warning(PersonBody(safe_contact=contact))
