"""The form of a plan: one page with all its sections."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from caseapp.clock import now, today
from caseapp.plans.models import SectionWords, VersionBody, VersionHead
from caseapp.plans.rules import Section, has_words, why_not_review_on
from caseapp.web.forms import CodeRadios, DateParts, Form, Problem, TextArea, YesNo, refuse

NOTHING_WRITTEN = "Write something in at least one section"
LIMIT = 60_000  # characters: some 10,000 words


def _within_bounds(_form: Form, field: DateParts) -> None:
    problem = why_not_review_on(field.data, today())
    if problem:
        refuse(problem)


class Words(TextArea):
    """A box with so much room that the characters left are only counted near the end."""

    def _params(self, look: Any) -> dict[str, Any]:
        return {**super()._params(look), "threshold": 80}


class PlanForm(Form):
    """What every plan asks besides its sections."""

    sections: tuple[Section, ...] = ()

    is_agreed = YesNo(
        "Did the person agree to this plan?", required="Say whether the person agreed to this plan"
    )
    copy_is_safe = YesNo(
        "Is it safe for them to keep a copy?",
        hint="Think of who could find it: at home, in a bag, on a phone",
        required="Say whether it is safe for them to keep a copy",
    )
    reading_format = CodeRadios(
        "In which format do they read best?",
        "reading_format",
        hint="Proposed from their needs. Change it if they say otherwise",
    )
    review_on = DateParts(
        "When will you look at it again?",
        hint="Every 4 weeks at high risk, every 12 weeks otherwise",
        required="Enter the date of the next review",
        validators=[_within_bounds],
    )

    def head(self) -> VersionHead:
        return VersionHead(
            written_at=now(),
            review_on=self.review_on.data,
            is_agreed=self.is_agreed.data,
            copy_is_safe=self.copy_is_safe.data,
            reading_format=self.reading_format.data or "",
        )

    def body(self) -> VersionBody:
        return VersionBody(sections=tuple(words for words in self._written() if has_words([words])))

    def boxes(self) -> list[tuple[Section, Any, Any]]:
        """(section, box for the person's own words, box for the worker's) in order."""
        return [
            (section, self[f"own_{section.code}"], self[f"worker_{section.code}"])
            for section in self.sections
        ]

    def problem_together(self) -> Problem | None:
        return None if has_words(self._written()) else (None, NOTHING_WRITTEN)

    def _written(self) -> list[SectionWords]:
        return [
            SectionWords(code=section.code, own=own.data, worker=worker.data)
            for section, own, worker in self.boxes()
        ]


def plan_form(sections: Sequence[Section]) -> type[PlanForm]:
    """A form that asks for the words of these sections."""
    questions: dict[str, object] = {"sections": tuple(sections)}
    for section in sections:
        own, worker = f"{section.heading}: in their own words", f"{section.heading}: what you add"
        questions[f"own_{section.code}"] = Words(own, limit=LIMIT, rows=3)
        questions[f"worker_{section.code}"] = Words(worker, limit=LIMIT, rows=3)
    return type("PlanFormOfSections", (PlanForm,), questions)


def answers_of(head: VersionHead, body: VersionBody) -> dict[str, object]:
    """The answers that a stored version gives to its form."""
    return words_of(body) | {
        "is_agreed": head.is_agreed,
        "copy_is_safe": head.copy_is_safe,
        "review_on": head.review_on,
        "reading_format": head.reading_format,
    }


def words_of(body: VersionBody) -> dict[str, object]:
    """The words alone, to go on from: the questions about the plan are asked anew each time."""
    words: Mapping[str, object] = {f"own_{part.code}": part.own for part in body.sections}
    return {**words, **{f"worker_{part.code}": part.worker for part in body.sections}}


def first_answers(review_on: date, reading_format: str) -> dict[str, object]:
    return {"review_on": review_on, "reading_format": reading_format}
