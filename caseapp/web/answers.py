"""What every question of a form has in common: its words, its checks and how it is drawn."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app
from markupsafe import Markup
from wtforms import Field
from wtforms.validators import StopValidation, ValidationError

from caseapp.web.typed_text import is_blank

Check = Callable[[Any, Any], object]


class Answer(Field):
    """A question. `required` is the message for a blank answer; None lets it be blank.

    The checks of the field and of its room run only on an answer that is there and was understood.
    No HTML `required` is set: the browser's own bubbles hide the messages beside the fields.
    """

    macro = ""  # the macro of components/fields.html that draws it
    data: Any

    def __init__(
        self,
        label: str,
        *,
        required: str | None = None,
        hint: str = "",
        size: str = "s",
        validators: Sequence[Check] = (),
        default: Any = None,
        **binding: Any,
    ) -> None:
        super().__init__(
            label, validators=list(validators), description=hint, default=default, **binding
        )
        self.required = required
        self.size = size

    @property
    def words(self) -> str:
        return str(self.label.text)

    @property
    def error_id(self) -> str:
        """Where the error summary sends the reader: the first box to correct."""
        return str(self.id)

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms gives it
        if self.process_errors:
            raise StopValidation
        if self.is_blank():
            raise StopValidation(self.required or "")
        self.check()

    def is_blank(self) -> bool:
        return self.data is None or (isinstance(self.data, str) and is_blank(self.data))

    def check(self) -> None:
        """Raise ValidationError when the answer cannot be right."""

    def read_back(self) -> str:
        """The answer in words, as a person would read it."""
        return "" if self.data is None else str(self.data)

    def sent_names(self) -> tuple[str, ...]:
        """The names under which a page sends the answer."""
        return (str(self.name),)

    def as_sent(self) -> list[tuple[str, str]]:
        """(name, text): what a page would send for this answer."""
        return [] if self.data is None else [(str(self.name), str(self.data))]

    def __call__(self, **how: Any) -> Markup:
        """Draw the question. `how`: size, heading (the label is the page's h1), label, reveal,
        focus (the cursor is in it when the page opens: boxes and drop-downs alone)."""
        drawn: Markup = getattr(_macros(), self.macro)(self, Drawing(self, **how))
        return drawn


class Drawing:
    """How one question looks on one page; what a template may change."""

    __slots__ = ("focus", "heading", "label", "reveal", "size")

    def __init__(
        self,
        field: Answer,
        size: str | None = None,
        heading: bool = False,
        label: str | None = None,
        reveal: dict[str, Answer] | None = None,
        focus: bool = False,
    ) -> None:
        self.focus = focus
        self.size = size or field.size
        self.heading = heading
        self.label = label or field.words
        self.reveal = reveal or {}


def refuse(message: str) -> None:
    raise ValidationError(message)


def lower_first(words: str) -> str:
    """A label inside a sentence: 'Date of birth' → 'date of birth', but 'GP' stays."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _macros() -> Any:
    return current_app.jinja_env.get_template("components/fields.html").module
