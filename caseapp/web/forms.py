"""The one base of every form, and the questions that a form can ask."""

from typing import Any
from uuid import UUID

from flask import has_request_context, request
from flask_wtf import FlaskForm

from caseapp.web.answers import Answer, lower_first, refuse
from caseapp.web.choice_fields import (
    ChoiceCheckboxes,
    ChoiceRadios,
    ChoiceSelect,
    CodeCheckboxes,
    CodeRadios,
    CodeSelect,
    Confirm,
    YesNo,
)
from caseapp.web.date_fields import DateParts, TimeOfDay
from caseapp.web.file_field import FileChoice
from caseapp.web.hidden_fields import HiddenNumber, HiddenText, HiddenUuid
from caseapp.web.merging import BEFORE, CHOICE, Meeting, fingerprints, meet, merged, undecided
from caseapp.web.shaped_fields import EmailLine, PhoneLine, PostcodeLine, WholeNumber
from caseapp.web.text_fields import PasswordLine, TextArea, TextLine

__all__ = [
    "Answer",
    "ChoiceCheckboxes",
    "ChoiceRadios",
    "ChoiceSelect",
    "CodeCheckboxes",
    "CodeRadios",
    "CodeSelect",
    "Confirm",
    "DateParts",
    "EmailLine",
    "FileChoice",
    "Form",
    "PasswordLine",
    "PhoneLine",
    "PostcodeLine",
    "Problem",
    "TextArea",
    "TextLine",
    "TimeOfDay",
    "WholeNumber",
    "YesNo",
    "lower_first",
    "refuse",
]

Problem = tuple[str | None, str]  # the field that it stands beside, None for the whole; words

OUT_OF_DATE = "This page was open for too long. What you typed is kept below: save it again"
CHANGED_MEANWHILE = (
    "Somebody else changed this record while you were typing, or you did in another tab."
    " Nothing is lost: read what differs below, then save again"
)
CHOOSE = "Choose which of the two answers to keep, or write another one"
NOTHING_IS_ASKED = (
    "Somebody else changed this record while you were typing, or you did in another tab."
    " You changed different answers, and both changes are below: read them, then save again"
)


class Form(FlaskForm):
    """Questions about one record.

    `record_id` is made when the form is first shown and names the new record, so that sending
    twice cannot make two. `revision` is the one that was read, so that an edit of a record which
    has changed since is noticed, and `seen` tells what each answer was then.
    """

    record_id = HiddenUuid()
    revision = HiddenNumber()
    seen = HiddenText()
    at_once = False  # whether problem_together() is asked beside answers that are wrong alone

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Only what a form on a page can send: a JSON body has shapes that no field expects."""
            if has_request_context() and request.is_json:
                return None
            form.sent = super().wrap_formdata(form, formdata)  # type: ignore[no-untyped-call]
            return merged(form.answers(), form.sent) if form.sent else form.sent

    def __init__(
        self,
        obj: Any = None,
        *,
        record_id: UUID | None = None,
        revision: int | None = None,
        **rest: Any,
    ) -> None:
        self.sent: Any = None
        self.meeting = Meeting([], [])
        self.before: list[tuple[str, str]] = []  # what a draft of the merge page goes back to
        given = {"record_id": record_id, "revision": revision, **rest}
        super().__init__(obj=obj, **given)  # type: ignore[no-untyped-call]

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """True when the form was sent and every answer is right."""
        return self.was_sent and self.validate(extra_validators=extra_validators)

    def validate(self, extra_validators: Any = None) -> bool:
        """True when every answer is right by itself and beside the others, and nothing of the merge
        page was left open."""
        is_right = bool(super().validate(extra_validators))
        is_left_open = self.ask_what_was_left_open()
        if is_left_open:
            self.form_errors.append(CHOOSE)
        holds = is_right and not is_left_open
        problem = self.problem_together() if holds or self.at_once else None
        if problem:
            self.refuse(*problem)
        return holds and problem is None

    def ask_what_was_left_open(self) -> bool:
        """Whether questions of the merge page were not decided on; then they are asked again."""
        left_open = undecided(self.answers(), self.sent) if self.sent else []
        if left_open:
            self.meeting = Meeting(left_open, [])
            self.before = [(n, t) for n, t in self.sent.items() if n.startswith(BEFORE)]
        return bool(left_open)

    def problem_together(self) -> Problem | None:
        """Which answers cannot both be true. Each is right by itself, unless `at_once` says that
        people should hear of both kinds of problem the first time that they send the form."""
        return None

    def hidden_tag(self, *fields: Any) -> Any:
        """The hidden fields; a page that is new says what each answer was when it was made."""
        if not self.was_sent and self.revision.data is not None:
            self.seen.data = fingerprints(self.answers())
        return super().hidden_tag(*fields)  # type: ignore[no-untyped-call]

    @property
    def was_sent(self) -> bool:
        """Whether this is a form that came back, right or wrong."""
        return has_request_context() and request.method == "POST"

    def answers(self) -> list[Answer]:
        """The questions, without the hidden fields."""
        return [field for field in self if isinstance(field, Answer)]

    def values(self) -> dict[str, Any]:
        """The answers by their short names, ready for a record."""
        return {answer.short_name: answer.data for answer in self.answers()}

    def read_back(self) -> list[tuple[str, str]]:
        """(question, answer in words), for a page that asks whether all is right."""
        return [(answer.words, answer.read_back()) for answer in self.answers()]

    def refuse(self, name: str | None, message: str) -> None:
        """Add what a rule of the room found wrong: beside the field `name`, or for the whole."""
        if name is None:
            self.form_errors.append(message)
        else:
            self[name].errors = [*self[name].errors, message]

    def problems(self) -> list[tuple[str, str | None]]:
        """(message, link to the box to correct or None), for the error summary."""
        whole: list[tuple[str, str | None]] = [(message, None) for message in self.form_errors]
        if "csrf_token" in self and self["csrf_token"].errors:
            whole.append((OUT_OF_DATE, None))
        whole += [(f"{CHOOSE}: {d.question}", f"#{CHOICE}{d.name}") for d in self.meeting.to_decide]
        beside = [(a.errors[0], f"#{a.error_id}") for a in self.answers() if a.errors]
        return whole + beside

    def meet_conflict(self, stored: "Form", revision: int) -> None:
        """Keep what was typed, and ask about each answer that is not what is stored now.

        What only the other one changed is taken over. The next save counts from here.
        """
        self.before = [
            (f"{BEFORE}{self.revision.name}", str(self.revision.data)),
            (f"{BEFORE}{self.seen.name}", self.seen.data),
        ]
        self.meeting = meet(self.answers(), stored.answers(), self.seen.data)
        self.revision.data, self.seen.data = revision, fingerprints(stored.answers())
        self.form_errors.append(CHANGED_MEANWHILE if self.meeting.to_decide else NOTHING_IS_ASKED)
