"""When a meeting can be, and how soon the person is to hear of it."""

from datetime import date

import pytest

from caseapp.marac.rules import feedback_due, why_meeting_cannot_be

REFERRED, TODAY = date(2026, 11, 2), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("meeting", "heard", "question"),
    [
        (date(2026, 11, 1), False, "meeting_on"),
        (date(2026, 11, 24), True, "was_heard"),
        (date(2026, 11, 24), False, None),
        (TODAY, True, None),
    ],
)
def test_a_meeting_is_after_the_referral_and_heard_when_it_was(
    meeting: date, heard: bool, question: str | None
) -> None:
    problem = why_meeting_cannot_be(REFERRED, meeting, was_heard=heard, today=TODAY)
    assert (problem[0] if problem else None) == question


def test_the_person_hears_within_two_days() -> None:
    assert feedback_due(REFERRED) == date(2026, 11, 4)
