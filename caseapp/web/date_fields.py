"""Questions answered with a date in three boxes, or with a time of day."""

from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.utils import unset_value

from caseapp.clock import today
from caseapp.web.answers import Answer, refuse
from caseapp.web.typed_dates import PARTS, Misread, read_date, read_time
from caseapp.web.typed_text import one_line, without_control_characters
from caseapp.web.words import age_on, long_date, time_of_day

WIDEST_PART = 40  # longer than any month's name or pasted date; the rest is not sent back


class DateParts(Answer):
    """A date, or None. Posts as NAME-day, NAME-month and NAME-year."""

    macro = "date_parts"
    data: Any  # a date; None where it was left blank

    def __init__(
        self,
        label: str,
        *,
        hint: str | None = None,
        not_future: bool = False,
        not_past: bool = False,
        earliest: date = date(1900, 1, 1),
        least_age: int | None = None,
        most_age: int | None = None,
        autocomplete: str = "off",
        **rest: Any,
    ) -> None:
        self.typed = ("", "", "")
        self.wrong_parts: tuple[str, ...] = ()
        year = today().year
        example = f"For example, 5 3 {year} or 5 March {year}"
        super().__init__(label, hint=example if hint is None else hint, **rest)
        self.not_future = not_future
        self.not_past = not_past
        self.earliest = earliest
        self.least_age = least_age
        self.most_age = most_age
        self.autocomplete = autocomplete

    @property
    def error_id(self) -> str:
        return f"{self.id}-{self.wrong_parts[0] if self.wrong_parts else 'day'}"

    def boxes(self) -> list[tuple[str, str, bool]]:
        """(part, text, is it wrong) for each of the three boxes."""
        wrong = (self.wrong_parts or PARTS) if self.errors else ()
        return [(part, text, part in wrong) for part, text in zip(PARTS, self.typed, strict=True)]

    def sent_names(self) -> tuple[str, ...]:
        return tuple(f"{self.name}-{part}" for part in PARTS)

    def as_sent(self) -> list[tuple[str, str]]:
        return list(zip(self.sent_names(), self.typed, strict=True))

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        if formdata is not None:
            typed = [formdata.get(f"{self.name}-{part}") for part in PARTS]
            sent = any(text is not None for text in typed)
            formdata = MultiDict([(self.name, text or "") for text in typed] if sent else [])
        super().process(formdata, data, extra_filters)

    def process_data(self, value: Any) -> None:
        self.data = value
        if value is not None:
            self.typed = (str(value.day), str(value.month), str(value.year))

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        day, month, year = (_tidy(text) for text in valuelist)
        self.typed, self.data = (day, month, year), None
        try:
            self.data = read_date(day, month, year)
        except Misread as misread:
            self.wrong_parts = misread.parts
            raise ValueError(f"{self.words} {misread.why}") from None

    def check(self) -> None:
        if self.data is None:
            return
        if self.not_future and self.data > today():
            refuse(f"{self.words} must be today or in the past")
        if self.not_past and self.data < today():
            refuse(f"{self.words} must be today or in the future")
        if self.data < self.earliest:
            refuse(f"{self.words} must be {long_date(self.earliest)} or later")
        self._check_age(age_on(self.data, today()))

    def read_back(self) -> str:
        return long_date(self.data) if self.data else ""

    def _check_age(self, age: int) -> None:
        if self.least_age is not None and age < self.least_age:
            refuse(f"{self.words} gives an age of {age}. It must be {self.least_age} or over")
        if self.most_age is not None and age > self.most_age:
            refuse(f"{self.words} gives an age of {age}. It must be {self.most_age} or under")


class TimeOfDay(Answer):
    """A time of day, or None; typed in one box."""

    macro = "time_of_day"
    data: Any  # a time; None where it was left blank

    def __init__(
        self, label: str, *, hint: str = "For example, 2:30pm or 14:30", **rest: Any
    ) -> None:
        self.typed = ""
        super().__init__(label, hint=hint, **rest)

    def process_data(self, value: Any) -> None:
        self.data = value
        self.typed = time_of_day(value) if value else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.typed, self.data = _tidy(valuelist[0]), None
        try:
            self.data = read_time(self.typed)
        except Misread as misread:
            raise ValueError(f"{self.words} {misread.why}") from None

    def as_sent(self) -> list[tuple[str, str]]:
        return [(str(self.name), self.typed)]

    def read_back(self) -> str:
        return time_of_day(self.data) if self.data else ""


def _tidy(text: str) -> str:
    return without_control_characters(one_line(str(text)))[:WIDEST_PART]
