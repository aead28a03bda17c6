"""Dates and times as people type them, read exactly or refused with the reason."""

import re
from datetime import date, time

PARTS = ("day", "month", "year")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
NUMBERS_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
WORDS_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]?([a-z]+)[ \-,]*(\d{4})", re.IGNORECASE)
ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
TIME = re.compile(r"(\d{1,2})(?:[:.h ]?([0-5]\d))? ?([ap]\.?m\.?)?", re.IGNORECASE)
NAMED_TIMES = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class Misread(ValueError):
    """Why it is no date or time: the rest of a sentence that starts with the question's name."""

    def __init__(self, why: str, parts: tuple[str, ...] = PARTS) -> None:
        super().__init__(why)
        self.why = why
        self.parts = parts  # the boxes to correct


def read_date(day: str, month: str, year: str) -> date | None:
    """The date typed in three boxes, or whole in one of them; None where all are blank."""
    typed = _spread((day, month, year))
    missing = tuple(part for part, text in zip(PARTS, typed, strict=True) if not text)
    if len(missing) == 3:
        return None
    if missing:
        raise Misread(f"must include a {' and '.join(missing)}", missing)
    numbers = (_number(typed[0]), _month(typed[1]), _number(typed[2]))
    if len(typed[2]) != 4 and numbers[2] is not None:
        raise Misread("must include a year of 4 numbers, like 2009", ("year",))
    return _real_date(*numbers)


def read_time(text: str) -> time | None:
    """The time typed as 14:30, 2.30pm, 2pm, 1430 or midday; None where blank."""
    if not text:
        return None
    if text.lower() in NAMED_TIMES:
        return NAMED_TIMES[text.lower()]
    found = TIME.fullmatch(text)
    hour = _hour(int(found[1]), (found[3] or "").lower()) if found else None
    if found is None or hour is None or not (found[2] or found[3]):
        raise Misread("must be a time, like 2:30pm or 14:30")
    return time(hour, int(found[2] or 0))


def _spread(typed: tuple[str, str, str]) -> tuple[str, str, str]:
    """A whole date, typed or pasted into one box, spread over the three."""
    filled = [text for text in typed if text]
    if len(filled) != 1:
        return typed
    if found := NUMBERS_DATE.fullmatch(filled[0]) or WORDS_DATE.fullmatch(filled[0]):
        return found[1], found[2], found[3]
    if found := ISO_DATE.fullmatch(filled[0]):
        return found[3], found[2], found[1]
    return typed


def _real_date(day: int | None, month: int | None, year: int | None) -> date:
    wrong = tuple(part for part, n in zip(PARTS, (day, month, year), strict=True) if n is None)
    try:
        if day is not None and month is not None and year is not None:
            return date(year, month, day)
    except ValueError:
        if not 1 <= (day or 0) <= 31:
            wrong = ("day",)
    raise Misread("must be a real date", wrong or PARTS)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _month(text: str) -> int | None:
    """A month's number from 1 to 12, its name, or the first three letters or more of its name."""
    number = _number(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    start = text.lower().rstrip(".")
    found = [n for n, name in enumerate(MONTHS, 1) if name.startswith(start)]
    return found[0] if len(start) >= 3 and found else None


def _hour(hour: int, half: str) -> int | None:
    if not half:
        return hour if hour < 24 else None
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half.startswith("p") else 0)
