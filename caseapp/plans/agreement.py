"""What is asked before a version is saved: who agreed and when, and how the person reads it."""

from caseapp.clock import today
from caseapp.plans.language_radios import LanguageRadios
from caseapp.plans.rules import why_not_agreed, why_not_review_on
from caseapp.web.forms import (
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
    language = LanguageRadios(
        "Which language do they read best?",
        hint="For the headings and our own sentences. What you type stays as you typed it",
    )

    def problem_together(self) -> Problem | None:
        return why_not_agreed(bool(self.agreed_by.data), self.agreed_on.data, today())
