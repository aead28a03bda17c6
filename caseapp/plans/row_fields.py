"""Rows of a plan: steps, places and people. All rows of a kind are one question, so that whoever
meets somebody else's change decides about them as a whole."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from flask import current_app
from markupsafe import Markup
from msgspec import Struct, structs
from wtforms.utils import unset_value

from caseapp.web.answers import Answer
from caseapp.web.forms import TextLine, refuse

MOST = 40  # rows of a kind
AT_FIRST = 3  # on a new page, the empty ones among them
SPARE = 2  # empty ones after those that are stored
MORE = 3  # that one press of the button adds


class Row:
    """The boxes of one row, by the names of their fields in a stored one."""

    def __init__(self, number: int, boxes: dict[str, Answer]) -> None:
        self.number = number
        self.boxes = boxes

    @property
    def is_blank(self) -> bool:
        return all(box.is_blank() for box in self.boxes.values())

    @property
    def values(self) -> dict[str, Any]:
        return {name: box.data for name, box in self.boxes.items()}


class Rows(Answer):
    """Any number of rows; `data` is a tuple of stored ones, in order, without those left empty.

    Posts as NAME-0-BOX, NAME-1-BOX and so on; a page sends its empty rows too.
    """

    shape: ClassVar[type[Struct]]
    noun: ClassVar[str]
    plural: ClassVar[str]
    labels: ClassVar[Mapping[str, str]]  # of the boxes, in their order
    needed: ClassVar[Mapping[str, str]]  # name of a box -> what to say where it is empty
    rows: list[Row]
    focused: int | None = None  # the number of the row with the cursor when the page opens

    def boxes_of(self, number: int) -> dict[str, Any]:
        """The questions of a row, not bound yet; their labels name the row in messages."""
        raise NotImplementedError

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ARG002 - WTForms gives it
        self.process_errors: list[str] = []
        stored = () if data is unset_value or data is None else tuple(data)
        self.object_data = stored
        sent = self._rows_in(formdata)
        count = sent or max(AT_FIRST, len(stored) + SPARE)
        self.rows = [
            self._row(place, formdata if sent else None, stored)
            for place in range(min(count, MOST))
        ]

    @property
    def data(self) -> tuple[Any, ...]:
        return tuple(self.shape(**row.values) for row in self.rows if not row.is_blank)

    @data.setter
    def data(self, _: Any) -> None:
        """WTForms empties it first."""

    def add_empty(self) -> None:
        """More rows, with the cursor in the first of them."""
        first = len(self.rows)
        for place in range(first, min(first + MORE, MOST)):
            self.rows.append(self._row(place, None, ()))
        self.focused = first + 1

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= MOST

    def is_blank(self) -> bool:
        return not self.data

    def check(self) -> None:
        for row in self.rows:
            if not row.is_blank:
                self._check_row(row)
        wrong = [message for _, message in self.problems()]
        if wrong:
            refuse(wrong[0])

    def problems(self) -> list[tuple[str, str]]:
        """(id of the box, message) for each box that is wrong."""
        return [(box.error_id, box.errors[0]) for box in self._all_boxes() if box.errors]

    @property
    def error_id(self) -> str:
        return next((place for place, _ in self.problems()), str(self.id))

    def typed(self) -> Iterator[Answer]:
        """The boxes that hold words."""
        return (box for box in self._all_boxes() if isinstance(box, TextLine))

    def refuse_box(self, box: Answer, message: str) -> None:
        box.errors = [*box.errors, message]
        self.errors = [*self.errors, message]

    def sent_names(self) -> tuple[str, ...]:
        return tuple(f"{self.name}-{at}-{box}" for at in range(MOST) for box in self.labels)

    def as_sent(self) -> list[tuple[str, str]]:
        return [pair for box in self._all_boxes() for pair in box.as_sent()]

    def read_back(self) -> str:
        return "\n".join(self._in_words(row) for row in self.rows if not row.is_blank)

    def __call__(self, **how: Any) -> Markup:
        """`marks`: name of a box -> the mark of what it may name; `said`: the marks that a worker
        confirmed."""
        module: Any = current_app.jinja_env.get_template("plans/row_fields.html").module
        drawn: Markup = module.rows_of(self, MOST, how.get("marks", {}), how.get("said", ()))
        return drawn

    def _rows_in(self, formdata: Any) -> int:
        """How many rows a page sent."""
        row = re.compile(re.escape(self.name) + r"-(\d{1,3})-")
        found = (row.match(name) for name in formdata or ())
        return max((int(match[1]) + 1 for match in found if match), default=0)

    def _row(self, place: int, formdata: Any, stored: tuple[Any, ...]) -> Row:
        held = structs.asdict(stored[place]) if place < len(stored) else {}
        boxes = {}
        for name, unbound in self.boxes_of(place + 1).items():
            full = f"{self.name}-{place}-{name}"
            box = unbound.bind(form=None, name=full, _meta=self.meta)
            box.process(formdata, held.get(name, unset_value))
            boxes[name] = box
        return Row(place + 1, boxes)

    def _check_row(self, row: Row) -> None:
        for name, box in row.boxes.items():
            box.validate(row)  # type: ignore[arg-type] # no check of a box asks for its form
            if box.is_blank() and name in self.needed:
                box.errors = [self.needed[name]]

    def _in_words(self, row: Row) -> str:
        said = ((self.labels[name], box.read_back()) for name, box in row.boxes.items())
        return "; ".join(f"{label} {words}" for label, words in said if words and words != "No")

    def _all_boxes(self) -> Iterator[Answer]:
        return (box for row in self.rows for box in row.boxes.values())
