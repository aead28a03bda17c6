"""What is asked before a version is saved: who agreed and when, and how the person reads it."""

from caseapp.clock import today
from caseapp.languages import LANGUAGES, review_of
from caseapp.plans.rules import why_not_agreed, why_not_review_on
from caseapp.web.forms import (
    ChoiceRadios,
    CodeCheckboxes,
    CodeRadios,
    DateParts,
    Form,
    Problem,
    YesNo,
    refuse,
)


def _within_bounds(_form: Form, field: DateParts) -> None:
    problem = why_not_review_on(field.data, today())
    if problem:
        refuse(problem)


def languages() -> list[tuple[str, str]]:
    """(code, name as its speakers write it and in English, and how far ours can be relied on)."""
    return [(code, _named(code)) for code in LANGUAGES]


def _named(code: str) -> str:
    name, english = LANGUAGES[code].name, LANGUAGES[code].english
    if name == english:
        return english
    review = review_of(code)
    return f"{name} ({english})" + ("" if review.is_reviewed else f". {review.sentence}")


class Agreement(Form):
    """Asked anew for each version."""

    agreed_by = CodeCheckboxes(
        "Who agreed to this plan?", "plan_agreed_by", hint="Leave it empty if nobody has yet"
    )
    agreed_on = DateParts("Date they agreed", not_future=True)
    copy_is_safe = YesNo(
        "Is it safe for them to keep a copy?",
        hint="Think of who could find it: at home, in a bag, on a phone",
        required="Say whether it is safe for them to keep a copy",
    )
    review_on = DateParts(
        "When will you look at it again?",
        hint="Every 4 weeks at high risk, every 12 weeks otherwise",
        required="Enter the date of the next review",
        validators=[_within_bounds],
    )
    reading_format = CodeRadios(
        "In which format do they read best?",
        "reading_format",
        hint="Proposed from their needs. Change it if they say otherwise",
    )
    language = ChoiceRadios(
        "Which language do they read best?",
        languages,
        hint="For the headings and our own sentences. What you type stays as you typed it",
    )

    def problem_together(self) -> Problem | None:
        return why_not_agreed(bool(self.agreed_by.data), self.agreed_on.data, today())
