"""Fills in any form of the house by the kinds of its questions, each with words that stand nowhere
else, and tries again where an answer was refused, as a patient person would."""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import Flask, template_rendered
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseapp.clock import today
from caseapp.plans.row_fields import Rows
from caseapp.web.choice_fields import Choice, Several
from caseapp.web.forms import (
    Answer,
    Confirm,
    DateParts,
    EmailLine,
    FileChoice,
    Form,
    PasswordLine,
    PhoneLine,
    PostcodeLine,
    TextLine,
    TimeOfDay,
    WholeNumber,
)
from tests.cast import PASSWORD
from tests.visits import hidden_fields

PATIENCE = 12  # attempts at one form
ROOM_FOR_A_WORD = 18
BORN = date(2009, 3, 27)
SHAPES: dict[type, str] = {EmailLine: "vexil{:05}@quern.example", PhoneLine: "07700 9{:05}"}
ALWAYS: dict[type, tuple[str, ...]] = {
    PasswordLine: (PASSWORD,),
    PostcodeLine: ("W10 9ZZ",),
    TimeOfDay: ("00:01", "00:02", ""),
    Confirm: ("yes",),
}
FileMaker = Callable[[str], tuple[str, bytes]]
Given = dict[str, str | None]  # answers that are no words; None leaves one blank
Answers = dict[str, Given]  # by the name of the view


@dataclass
class Typist:
    """`words`: all that was typed and must be found nowhere in plain sight."""

    app: Flask
    files: dict[str, FileMaker]  # what is uploaded, by the name of the view
    given: Answers = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    before_sending: Callable[[], None] = lambda: None

    def word(self, shape: str = "vexil{:05}quern") -> str:
        self.words.append(shape.format(len(self.words)))
        return self.words[-1]

    def fill_in(
        self, client: FlaskClient, path: str, endpoint: str, *, to: str = ""
    ) -> TestResponse:
        """Send the form at this address until it is taken; returns the last answer."""
        with forms_shown(self.app) as shown:
            page = client.get(path)
            self.before_sending()
            tries: Counter[str] = Counter()
            for _ in range(PATIENCE):
                if not shown:
                    return client.post(to or path, data=hidden_fields(page))
                form, pages = shown[-1], len(shown)
                with self.app.app_context():  # some choices are asked of the database
                    sent = {**hidden_fields(page), **self.answers(form, tries, endpoint)}
                page = client.post(to or path, data=sent)
                if page.status_code not in {409, 422} or len(shown) == pages:
                    break
                tries.update(wrong_in(shown[-1]))
        return page

    def answers(self, form: Form, tries: Counter[str], endpoint: str) -> dict[str, Any]:
        sent: dict[str, Any] = {}
        for answer in form.answers():
            sent.update(self.answer(answer, tries[str(answer.name)], endpoint))
        sent.update(self.given.get(endpoint, {}))
        return {name: said for name, said in sent.items() if said is not None}

    def answer(self, answer: Answer, tried: int, endpoint: str) -> dict[str, Any]:
        name = str(answer.name)
        if isinstance(answer, DateParts):
            day = day_for(answer, tried)
            return dict(zip(answer.sent_names(), (day.day, day.month, day.year), strict=True))
        if isinstance(answer, FileChoice):
            file_name, content = self.files[endpoint](self.word())
            return {name: (io.BytesIO(content), file_name)}
        if isinstance(answer, Choice):
            options = [option.value for option in answer.options()]
            left_blank = not options or (tried == len(options) and isinstance(answer, Several))
            return {} if left_blank else {name: options[tried % len(options)]}
        if isinstance(answer, Rows):
            boxes = [box for row in answer.rows for box in row.boxes.values()]
            return {key: said for b in boxes for key, said in self.answer(b, 0, endpoint).items()}
        return {name: self.typed(answer, tried)}

    def typed(self, answer: Answer, tried: int) -> str:
        kind = type(answer)
        if kind in SHAPES:
            return self.word(SHAPES[kind])
        if isinstance(answer, WholeNumber):
            return str(max(answer.least, 1))
        if isinstance(answer, TextLine) and kind not in ALWAYS:
            has_room = answer.limit >= ROOM_FOR_A_WORD and tried % 2 == 0
            return self.word() if has_room else ""
        usual = ALWAYS[kind]
        return usual[tried % len(usual)]


def day_for(answer: DateParts, tried: int) -> date:
    is_birth = "birth" in str(answer.name) or answer.most_age is not None
    days = [BORN if is_birth else today(), today(), BORN, today() + timedelta(days=3)]
    return days[tried % len(days)]


def wrong_in(form: Form) -> set[str]:
    """The questions to answer in another way; all choices where only the whole was refused."""
    beside = {str(answer.name) for answer in form.answers() if answer.errors}
    return beside or {str(answer.name) for answer in form.answers() if isinstance(answer, Choice)}


@contextmanager
def forms_shown(app: Flask) -> Iterator[list[Form]]:
    """The forms of the pages that are drawn meanwhile, with their questions and what is wrong."""
    shown: list[Form] = []

    def note(_app: Flask, template: Any, context: dict[str, Any], **_: Any) -> None:
        if isinstance(context.get("form"), Form):
            shown.append(context["form"])

    with template_rendered.connected_to(note, app):
        yield shown
