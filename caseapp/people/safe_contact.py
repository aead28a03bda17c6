"""Whether a way to reach somebody is safe at a moment, by what they said about it.

What was not asked is not safe. Hours written in words alone are shown, and never taken for hours.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from caseapp.clock import LOCAL
from caseapp.people.models import SafeContact, SafeWindow
from caseapp.reference import code_list, entry, label_of
from caseapp.web.words import time_of_day

CHANNEL, WEEKDAY = "contact_channel", "weekday"
# The number and the address are asked for as ones that are safe to use: to give one is to say so.
ASKED_AS_SAFE = {"phone": "phone", "email": "email"}
QUARTER = timedelta(minutes=15)
A_WEEK = timedelta(days=8)


def why_unsafe(contact: SafeContact, channel: str, at: datetime) -> tuple[str, ...]:
    """Why the channel (a code of contact_channel) is not known to be safe at the moment `at`
    (aware): one sentence each; empty where it is safe."""
    known = why_marked_unsafe(contact, channel, at)
    return known or tuple(_not_asked(contact, channel, at))


def why_marked_unsafe(contact: SafeContact, channel: str, at: datetime) -> tuple[str, ...]:
    """The same, but only what they said is not safe: what was never asked is left out."""
    return tuple(_said_unsafe(contact, channel, at))


def why_no_voicemail(contact: SafeContact) -> tuple[str, ...]:
    """Why no voicemail may be left: what was not asked is not safe here either."""
    if contact.voicemail_allowed:
        return ()
    if contact.voicemail_allowed is None:
        return ("Nobody has written down whether a voicemail is safe.",)
    return ("They said that a voicemail is not safe.",)


def is_safe_hour(contact: SafeContact, at: datetime) -> bool | None:
    """Whether they said that this hour is safe; None where nobody asked."""
    if contact.windows:
        return any(_holds(window, at) for window in contact.windows)
    return True if contact.any_hour else None


def next_safe_hour(contact: SafeContact, after: datetime) -> datetime | None:
    """The first quarter of an hour from `after` on that is safe, within a week; None where hours
    do not decide it."""
    if not contact.windows:
        return None
    start = after.replace(minute=after.minute // 15 * 15, second=0, microsecond=0)
    quarters = (start + n * QUARTER for n in range(A_WEEK // QUARTER))
    return next((q for q in quarters if q >= after and is_safe_hour(contact, q)), None)


def counts_hours(channel: str) -> bool:
    """Whether the channel reaches them at the moment it is used."""
    return entry(CHANNEL, channel).attributes.get("hours") == "yes"


def hours_in_words(contact: SafeContact) -> str:
    """When it is safe, in one line; "" where nobody asked."""
    asked = "; ".join(_window_in_words(window) for window in contact.windows)
    if not asked and contact.any_hour:
        asked = "at any time"
    return f"{asked} ({contact.hours})" if asked and contact.hours else asked or contact.hours


def channels_in_words(codes: tuple[str, ...]) -> str:
    return ", ".join(label_of(CHANNEL, code).lower() for code in codes)


def _said_unsafe(contact: SafeContact, channel: str, at: datetime) -> Iterator[str]:
    if channel in contact.unsafe_channels:
        yield f"They said this is not safe: {label_of(CHANNEL, channel).lower()}."
    if counts_hours(channel) and is_safe_hour(contact, at) is False:
        yield f"This is not a safe time. It is safe {hours_in_words(contact)}."


def _not_asked(contact: SafeContact, channel: str, at: datetime) -> Iterator[str]:
    given = getattr(contact, ASKED_AS_SAFE.get(channel, ""), "")
    if channel not in contact.channels and not given:
        yield f"Nobody has written down whether this is safe: {label_of(CHANNEL, channel).lower()}."
    if counts_hours(channel) and is_safe_hour(contact, at) is None:
        words = f" They said: “{contact.hours}”. Is it such a time now?" if contact.hours else ""
        yield f"Nobody has written down the days and hours that are safe.{words}"


def _holds(window: SafeWindow, at: datetime) -> bool:
    local = at.astimezone(LOCAL)
    day, now = _day_code(local), local.time().replace(tzinfo=None)
    if window.starts < window.ends:
        return day in window.days and window.starts <= now < window.ends
    eve = _day_code(local - timedelta(days=1))  # on the clock's calendar: 1am is still that night
    return (day in window.days and now >= window.starts) or (
        eve in window.days and now < window.ends
    )


def _day_code(local: datetime) -> str:
    return code_list(WEEKDAY).entries[local.weekday()].code


def _window_in_words(window: SafeWindow) -> str:
    runs_over = time() < window.ends <= window.starts
    ends = f"{time_of_day(window.ends)}{' the next morning' if runs_over else ''}"
    return f"{_days_in_words(window.days)}, {time_of_day(window.starts)} to {ends}"


def _days_in_words(codes: tuple[str, ...]) -> str:
    """Monday to Friday; Monday, Wednesday and Sunday; every day."""
    order = [found.code for found in code_list(WEEKDAY).entries]
    days = sorted({order.index(code) for code in codes})
    names = [label_of(WEEKDAY, order[day]) for day in days]
    if len(days) == len(order):
        return "every day"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]} to {names[-1]}"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
