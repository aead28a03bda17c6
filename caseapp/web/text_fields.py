"""Questions answered with typed text."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCharacterCount, GovPasswordInput, GovTextInput
from markupsafe import Markup

from caseapp.web.answers import Answer, Drawing, refuse
from caseapp.web.library_macros import drawn_by_library
from caseapp.web.typed_text import (
    has_control_characters,
    many_lines,
    one_line,
    without_control_characters,
)

# Longer text is not sent back to the page that it came from: the message says so. In any script
# this many characters make less than a request may bring. A browser that runs no script stops
# there; GOV.UK's character count takes that limit away and counts instead.
KEPT_IN_BOX = 100_000
COUNT_FROM = 75  # percent of the limit: before that the count of characters left is only noise

TextInput = drawn_by_library(GovTextInput, "input", "govukInput")
CharacterCount = drawn_by_library(GovCharacterCount, "character-count", "govukCharacterCount")
PasswordInput = drawn_by_library(GovPasswordInput, "password-input", "govukPasswordInput")


class TextLine(Answer):
    """One line of text, in its normal form; "" when blank."""

    inputmode = ""
    data: str

    def __init__(
        self,
        label: str,
        *,
        limit: int = 100,
        width: str = "",
        autocomplete: str = "off",  # what a browser keeps for one victim it offers for the next
        **rest: Any,
    ) -> None:
        super().__init__(label, **rest)
        self.limit = limit
        self.width = width
        self.autocomplete = autocomplete

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = self.normal(str(valuelist[0]))

    def normal(self, text: str) -> str:
        return one_line(text)

    def check(self) -> None:
        if len(self.data) > self.limit:
            refuse(self._too_long())
        if has_control_characters(self.data):
            refuse(f"{self.words} must not include control characters. Type it again")

    def in_box(self) -> str:
        return without_control_characters(self.data[:KEPT_IN_BOX])

    def __call__(self, **how: Any) -> Markup:
        look = Drawing(self, **how)
        how_drawn = {"id": self.id, "value": self.in_box(), "params": self._params(look)}
        drawn: Markup = self._library_widget()(self, **how_drawn)
        return drawn

    def _library_widget(self) -> Any:
        return TextInput

    def _params(self, look: Drawing) -> dict[str, Any]:
        return {
            "label": {
                "text": look.label,
                "classes": f"govuk-label--{look.size}",
                "isPageHeading": look.heading,
            },
            "classes": f"govuk-input--width-{self.width}" if self.width.isdigit() else "app-input",
            "inputmode": self.inputmode or None,
            "autocomplete": self.autocomplete,
            "spellcheck": False,  # some browsers check spelling by sending the text away
            "attributes": {"dir": "auto", **({"autofocus": ""} if look.focus else {})},
        }

    def _too_long(self) -> str:
        message = f"{self.words} must be {self.limit:,} characters or fewer."
        if len(self.data) < KEPT_IN_BOX:
            return f"{message} You typed {len(self.data):,}"
        return f"{message} You typed far more: the first {KEPT_IN_BOX:,} are kept in the box"


class TextArea(TextLine):
    """Several lines of text with a count of the characters left; "" when blank."""

    def __init__(self, label: str, *, limit: int = 5_000, rows: int = 5, **rest: Any) -> None:
        super().__init__(label, limit=limit, **rest)
        self.rows = rows

    def normal(self, text: str) -> str:
        return many_lines(text)

    def _library_widget(self) -> Any:
        return CharacterCount

    def _params(self, look: Drawing) -> dict[str, Any]:
        return {
            **super()._params(look),
            "classes": "",
            "rows": self.rows,
            "maxlength": self.limit,
            "threshold": COUNT_FROM,
            "attributes": {
                **super()._params(look)["attributes"],
                "autocomplete": self.autocomplete,
                "maxlength": str(KEPT_IN_BOX),
            },
        }


class PasswordLine(TextLine):
    """A password or passphrase: exactly as typed, never sent back to the page."""

    def __init__(
        self,
        label: str,
        *,
        limit: int = 1_000,
        autocomplete: str = "current-password",
        **rest: Any,
    ) -> None:
        super().__init__(label, limit=limit, autocomplete=autocomplete, **rest)

    def normal(self, text: str) -> str:
        return text

    def check(self) -> None:
        if len(self.data) > self.limit:
            refuse(f"{self.words} must be {self.limit:,} characters or fewer")

    def in_box(self) -> str:
        return ""

    def read_back(self) -> str:
        return ""

    def _library_widget(self) -> Any:
        return PasswordInput
