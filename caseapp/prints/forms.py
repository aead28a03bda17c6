"""What is asked each time before a plan is printed."""

from caseapp.plans.language_radios import LanguageRadios
from caseapp.plans.models import VersionHead
from caseapp.prints.rules import PaperCopy, format_for, known_language, why_not_password
from caseapp.web.forms import (
    CodeRadios,
    Form,
    PasswordLine,
    Problem,
    YesNo,
    refuse,
)

NO_REASON = "Choose why you print it"


class LockPassword(PasswordLine):
    """Signs that nobody sees would lock a PDF too, so they are no blank answer."""

    def is_blank(self) -> bool:
        return not self.data

    def check(self) -> None:
        super().check()
        problem = why_not_password(self.data)
        if problem:
            refuse(problem)


class PrintForm(Form):
    """How the newest version leaves, and whether that is safe. Nothing of it is kept."""

    plan_format = CodeRadios("Which format?", "plan_format", required="Choose a format", size="m")
    language = LanguageRadios(
        "Which language?",
        hint="Headings and standard phrases. What you wrote stays as you wrote it",
        required="Choose a language",
        size="m",
    )
    copy_is_safe = YesNo(
        "Is it safe for them to keep a copy?",
        hint="Ask again each time. Who could find it today: at home, in a bag, on a phone?",
        required="Say whether it is safe for them to keep a copy",
        size="m",
    )
    copy_reason = CodeRadios(
        "Why do you print it?",
        "plan_copy_reason",
        hint="Your reason is written into the audit",
    )
    password = LockPassword(
        "Password (optional)",
        hint="8 characters or more. We do not keep it, and nobody can get it back: if it is"
        " forgotten, print the plan again",
        autocomplete="off",
        size="m",
    )
    at_once = True

    def problem_together(self) -> Problem | None:
        is_unexplained = self.copy_is_safe.data is False and not self.copy_reason.data
        return ("copy_reason", NO_REASON) if is_unexplained else None

    def copy(self) -> PaperCopy:
        is_safe = self.copy_is_safe.data is True
        return PaperCopy(
            form=self.plan_format.data,
            language=self.language.data,
            is_safe=is_safe,
            reason="" if is_safe else self.copy_reason.data or "",
            is_locked=bool(self.password.data),
        )


def first_answers(head: VersionHead) -> dict[str, object]:
    """What is proposed; whether a copy is safe is asked anew each time, so that is not."""
    return {
        "plan_format": format_for(head.reading_format),
        "language": known_language(head.language),
    }
