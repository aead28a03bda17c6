"""Pure decisions about the MARAC."""

from datetime import date, timedelta

NOT_RECORDED = "not_recorded"
WHOM = "MARAC"  # in the sharing log
FEEDBACK_WITHIN = timedelta(days=2)  # our own: the person hears soon what was decided about them


def feedback_due(heard_on: date) -> date:
    return heard_on + FEEDBACK_WITHIN


def why_meeting_cannot_be(
    referred_on: date, meeting_on: date, *, was_heard: bool, today: date
) -> tuple[str, str] | None:
    """(question, what is wrong) where the dates cannot stand together."""
    if meeting_on < referred_on:
        return "meeting_on", "The meeting cannot be before the referral"
    if was_heard and meeting_on > today:
        return "was_heard", "The meeting is in the future, so the case was not heard yet"
    return None


def why_feedback_cannot_be(heard_on: date | None, on: date) -> tuple[str, str] | None:
    """(question, what is wrong) where they were told before there was anything to tell."""
    if heard_on and on < heard_on:
        return "on", "They cannot have been told before the meeting"
    return None
