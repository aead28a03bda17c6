"""When a plan is reviewed: on its day, or on that of the oldest call that nobody has answered."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.plans.models import CallHead, PlanHead
from caseapp.plans.reviews import Review, review_of, unanswered

WRITTEN = datetime(2026, 5, 4, 12, tzinfo=UTC)
REASONS = ("new_incident", "risk_change", "marac", "move")
MOMENTS = st.datetimes(datetime(2026, 4, 1), datetime(2026, 8, 1), timezones=st.just(UTC))  # noqa: DTZ001
CALLS = st.lists(st.builds(CallHead, reason=st.sampled_from(REASONS), called_at=MOMENTS))


def plan(review_on: date = date(2026, 6, 1)) -> PlanHead:
    return PlanHead(kind="youth_violence", versions=1, written_at=WRITTEN, review_on=review_on)


def call(reason: str, *, days: float) -> CallHead:
    return CallHead(reason=reason, called_at=WRITTEN + timedelta(days=days))


def test_without_a_call_it_is_due_on_its_day() -> None:
    assert review_of(plan(), []) == Review(date(2026, 6, 1))


def test_a_call_makes_it_due_at_once_and_overdue_from_the_next_day() -> None:
    review = review_of(plan(), [call("move", days=3)])
    assert review == Review(date(2026, 5, 7), ("move",))
    assert not review.is_overdue(date(2026, 5, 7))
    assert review.is_overdue(date(2026, 5, 8))
    assert review.lateness(date(2026, 5, 7)) == ""
    assert review.lateness(date(2026, 5, 8)) == "1 day late"
    assert review.lateness(date(2026, 5, 10)) == "3 days late"


def test_a_call_after_its_day_does_not_put_it_off_and_still_says_why() -> None:
    assert review_of(plan(), [call("marac", days=90)]) == Review(date(2026, 6, 1), ("marac",))


def test_a_version_written_after_a_call_answers_it() -> None:
    assert review_of(plan(), [call("new_incident", days=-0.1)]) == Review(date(2026, 6, 1))


def test_what_happens_in_the_very_moment_of_writing_was_not_thought_of() -> None:
    assert review_of(plan(), [call("move", days=0)]).reasons == ("move",)


def test_every_reason_is_said_once_the_first_call_first() -> None:
    calls = [call("risk_change", days=5), call("new_incident", days=2), call("risk_change", days=1)]
    review = review_of(plan(), calls)
    assert review.reasons == ("risk_change", "new_incident")
    assert review.on == date(2026, 5, 5)
    assert review.why == "The risk has changed. A new incident was recorded"


def test_the_day_of_a_call_is_that_of_the_borough() -> None:
    late = CallHead(reason="move", called_at=datetime(2026, 5, 10, 23, 30, tzinfo=UTC))
    assert review_of(plan(), [late]).on == date(2026, 5, 11)


@settings(deadline=None)
@given(CALLS)
def test_a_review_is_never_later_than_its_day_and_has_a_reason_if_it_is_sooner(
    calls: list[CallHead],
) -> None:
    review = review_of(plan(), calls)
    assert review.on <= date(2026, 6, 1)
    assert review.reasons or review.on == date(2026, 6, 1)
    assert set(review.reasons) == {each.reason for each in unanswered(calls, WRITTEN)}
    assert review_of(plan(), calls[::-1]).on == review.on
