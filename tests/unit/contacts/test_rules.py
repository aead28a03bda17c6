"""When a contact can have been, who does what comes next, and by when."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.access.actors import Actor, Role
from caseapp.contacts.rules import (
    channel_of,
    due_day,
    owner_of_next_action,
    why_cannot_have_been,
    why_note_needs_reason,
)
from caseapp.contacts.working_days import first_contact_by
from caseapp.people.models import SafeContact, SafeWindow
from caseapp.reference import code_list
from caseapp.reference.working_days import bank_holidays, is_working_day, working_day_after

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
OPENED, BORN = date(2026, 5, 4), date(2026, 5, 10)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("at", "field", "words"),
    [
        (NOW, None, ""),
        (NOW + timedelta(minutes=4), None, ""),  # two clocks are never quite the same
        (NOW + timedelta(hours=1), "at", "in the past"),
        (datetime(2026, 5, 4, tzinfo=UTC), None, ""),
        (datetime(2026, 5, 3, 23, 30, tzinfo=UTC), None, ""),  # 4 May in the borough
        (datetime(2026, 5, 3, 22, 30, tzinfo=UTC), "on", "before the case began on 4 May 2026"),
    ],
)
def test_a_contact_lies_between_the_beginning_of_the_case_and_now(
    at: datetime, field: str | None, words: str
) -> None:
    problem = why_cannot_have_been(at, NOW, OPENED, None)
    assert (problem[0] if problem else None) == field
    assert words in (problem[1] if problem else "")


def test_a_contact_is_not_before_the_birth_of_the_person() -> None:
    problem = why_cannot_have_been(datetime(2026, 5, 9, 12, tzinfo=UTC), NOW, OPENED, BORN)
    assert problem == ("on", "The contact cannot be before the person was born")


AFTERNOON = SafeContact(
    phone="07700 900123",
    windows=(SafeWindow(days=("wednesday",), starts=time(16), ends=time(17)),),
    unsafe_channels=("letter", "visit"),
)


@pytest.mark.parametrize(
    ("type_", "outcome", "asks"),
    [
        ("phone_call", "no_answer", True),  # a phone that rings is heard
        ("phone_call", "cancelled", False),
        ("email", "successful", True),
        ("home_visit", "successful", True),
        ("office_meeting", "successful", False),
        ("agency_contact", "not_a_contact", False),
        ("case_record", "not_a_contact", False),
    ],
)
def test_a_note_asks_for_a_reason_where_it_reached_them_against_what_they_said(
    type_: str, outcome: str, asks: bool
) -> None:
    assert bool(why_note_needs_reason(AFTERNOON, type_, outcome, NOW)) is asks


def test_a_note_asks_for_no_reason_where_nobody_had_asked_them() -> None:
    contact = SafeContact(phone="07700 900123", hours="after school")
    assert why_note_needs_reason(contact, "phone_call", "successful", NOW) == ()


def test_every_kind_of_note_goes_by_a_known_channel_or_by_none() -> None:
    channels = {channel_of(entry.code) for entry in code_list("note_type").entries}
    assert channels - code_list("contact_channel").by_code.keys() == {""}


def test_each_contact_that_can_be_chosen_is_a_pair_that_the_record_knows() -> None:
    types, outcomes = code_list("note_type").by_code, code_list("contact_outcome").by_code
    pairs = [
        (entry.attributes["type"], entry.attributes["outcome"])
        for entry in code_list("contact_made").entries
    ]
    assert len(set(pairs)) == len(pairs)
    assert {type_ for type_, _ in pairs} == types.keys()
    assert {outcome for _, outcome in pairs} == outcomes.keys()


def test_the_contacts_of_every_day_begin_with_letters_of_their_own() -> None:
    """A letter chooses the first entry that begins with it, from the keyboard."""
    first: dict[str, str] = {}
    for entry in code_list("contact_made").active:
        first.setdefault(entry.label[0], entry.code)
    assert set(first.values()) >= {
        "phone_spoke", "phone_no_answer", "phone_message", "phone_not_safe", "text_answered",
        "email_answered", "home_spoke", "office_spoke", "office_did_not_attend", "agency", "record",
    }  # fmt: skip


def test_what_comes_next_is_done_by_whoever_wrote_it_unless_they_only_visit() -> None:
    team, advocate = uuid4(), uuid4()
    colleague = Actor(uuid4(), Role.ADVOCATE, team)
    visitor = Actor(uuid4(), Role.ADVOCATE, uuid4())
    assert owner_of_next_action(colleague, team, advocate) == colleague.user_id
    assert owner_of_next_action(visitor, team, advocate) == advocate
    assert owner_of_next_action(visitor, team, None) == visitor.user_id


@given(days)
def test_a_task_without_a_day_is_due_in_a_week(today: date) -> None:
    assert due_day(None, today) == today + timedelta(days=7)
    assert due_day(today, today) == today


@settings(deadline=None)  # the bank holidays of a year are worked out once, and slowly
@given(days, st.integers(1, 10))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    last = working_day_after(day, count)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(last)


@pytest.mark.parametrize(
    ("opened", "by"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),
        (date(2026, 11, 20), date(2026, 11, 24)),  # from a Friday on
        (date(2026, 11, 21), date(2026, 11, 24)),  # from a Saturday on
        (date(2026, 12, 24), date(2026, 12, 30)),  # Boxing Day is kept on Monday the 28th
        (date(2026, 4, 2), date(2026, 4, 8)),  # over Easter
    ],
)
def test_an_idva_makes_first_contact_within_two_working_days(opened: date, by: date) -> None:
    assert first_contact_by("idva", opened) == by


def test_a_service_without_a_limit_has_none() -> None:
    assert first_contact_by("gardening", OPENED) is None


def test_every_service_has_its_limit_in_whole_working_days() -> None:
    limits = code_list("first_contact_limit").by_code
    assert limits.keys() == code_list("service").by_code.keys()
    assert all(int(limit.attributes["working_days"]) > 0 for limit in limits.values())


def test_a_year_has_the_eight_bank_holidays_of_england_and_their_stand_ins() -> None:
    assert len(bank_holidays(2026)) == 9  # Boxing Day, and the Monday that stands in for it
