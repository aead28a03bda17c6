"""What travels with a form and nobody is asked: ids, revisions, text."""

from typing import Any
from uuid import UUID, uuid4

from wtforms import Field
from wtforms.widgets import HiddenInput


class HiddenUuid(Field):
    """An id that travels with the form; anything else that comes back is replaced by a new one."""

    widget = HiddenInput()
    data: UUID

    def process_data(self, value: Any) -> None:
        self.data = value or uuid4()

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = UUID(valuelist[0]) if valuelist else self.data
        except ValueError:
            self.data = uuid4()

    def _value(self) -> str:
        return str(self.data)


class HiddenNumber(Field):
    """A revision that travels with the form, or None."""

    widget = HiddenInput()
    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class HiddenText(Field):
    """Text that travels with the form."""

    widget = HiddenInput()
    data: str

    def process_data(self, value: Any) -> None:
        self.data = value or ""

    def _value(self) -> str:
        return self.data
