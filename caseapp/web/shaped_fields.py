"""Questions answered with text of a known shape: addresses, numbers, postcodes."""

import re
from typing import Any

from email_validator import EmailNotValidError, validate_email

from caseapp.web.answers import lower_first, refuse
from caseapp.web.text_fields import KEPT_IN_BOX, TextLine
from caseapp.web.typed_text import one_line, without_control_characters


class EmailLine(TextLine):
    """An email address, checked by shape alone: nothing is looked up."""

    inputmode = "email"

    def __init__(self, label: str, *, limit: int = 254, **rest: Any) -> None:
        super().__init__(label, limit=limit, **rest)

    def check(self) -> None:
        super().check()
        try:
            found = validate_email(self.data, check_deliverability=False)
        except EmailNotValidError:
            refuse(f"Enter {lower_first(self.words)} in the correct format, like name@example.org")
        else:
            self.data = found.normalized


class PhoneLine(TextLine):
    """A telephone number, UK or international, as it was typed but with tidy spaces."""

    inputmode = "tel"
    SHAPE = re.compile(r"\+?[\d ().\-/]+(?: ?(?:x|ext\.?|extension) ?\d{1,6})?", re.IGNORECASE)

    def __init__(self, label: str, *, limit: int = 40, width: str = "20", **rest: Any) -> None:
        super().__init__(label, limit=limit, width=width, **rest)

    def check(self) -> None:
        super().check()
        digits = sum(mark.isdigit() for mark in self.data)
        if not self.SHAPE.fullmatch(self.data) or not 7 <= digits <= 21:
            refuse(
                f"Enter {lower_first(self.words)}, like 020 7946 0123, 07700 900 982"
                " or +44 808 157 0192"
            )


class PostcodeLine(TextLine):
    """A full UK postcode in capitals with one space, checked by shape alone."""

    SHAPE = re.compile(r"(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")

    def __init__(self, label: str, *, limit: int = 20, width: str = "10", **rest: Any) -> None:
        super().__init__(label, limit=limit, width=width, **rest)

    def check(self) -> None:
        super().check()
        found = self.SHAPE.fullmatch(re.sub(r"[^A-Z0-9]", "", self.data.upper()))
        if found is None:
            refuse(f"Enter {lower_first(self.words)} in full, like W8 7NX")
        else:
            self.data = f"{found[1]} {found[2]}"


class WholeNumber(TextLine):
    """A whole number from `least` to `most`, or None."""

    inputmode = "numeric"
    data: Any  # int or None; the text as typed where it is no number

    def __init__(
        self, label: str, *, least: int = 0, most: int | None = None, width: str = "4", **rest: Any
    ) -> None:
        super().__init__(label, width=width, **rest)
        self.least = least
        self.most = most

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = one_line(str(valuelist[0])) if valuelist else ""
        plain = typed.replace(",", "").replace(" ", "")
        is_number = plain.lstrip("-").isdecimal() and len(plain) < 16
        self.data = int(plain) if is_number else typed or None

    def check(self) -> None:
        if not isinstance(self.data, int):
            refuse(f"{self.words} must be a whole number, like {max(self.least, 1) + 4}")
        elif self.data < self.least or (self.most is not None and self.data > self.most):
            refuse(f"{self.words} must be {self._range()}")

    def in_box(self) -> str:
        return without_control_characters(str("" if self.data is None else self.data))[:KEPT_IN_BOX]

    def _range(self) -> str:
        if self.most is None:
            return f"{self.least:,} or more"
        return f"from {self.least:,} to {self.most:,}"
