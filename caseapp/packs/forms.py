"""What is asked before a pack is made."""

from caseapp.accounts.forms import PASSWORD_HINT
from caseapp.accounts.rules import MAX_PASSWORD, weakness_of
from caseapp.packs.models import How
from caseapp.packs.rules import MOST_IN_ONE_PDF, OWN, SHAPES
from caseapp.plans.language_radios import LanguageRadios
from caseapp.prints.rules import why_not_password
from caseapp.reference import choices
from caseapp.web.choice_fields import Option
from caseapp.web.forms import ChoiceRadios, CodeRadios, Form, PasswordLine, Problem
from caseapp.web.hidden_fields import HiddenText

LEAVE_OUT = "leave_out"


class FormatRadios(CodeRadios):
    """That which fits each reader, or one for all."""

    def offered(self) -> list[Option]:
        return [Option(OWN, "Each in the format that its reader reads best"), *super().offered()]


class PackLanguageRadios(LanguageRadios):
    """That of each reader, or one for all."""

    def offered(self) -> list[Option]:
        return [Option(OWN, "Each in its reader’s language"), *super().offered()]


def _unsafe() -> list[tuple[str, str]]:
    return [(LEAVE_OUT, "Leave those plans out"), *choices("plan_copy_reason")]


class ChooseForm(Form):
    """Which cases; those that are ticked on this page are read as they were sent."""

    elsewhere = HiddenText()  # ids of cases chosen that do not stand on this page


class HowForm(Form):
    """How their plans are printed."""

    cases = 0  # how many were chosen

    format = FormatRadios(
        "Which format?", "plan_format", default=OWN, required="Choose a format", size="m"
    )
    language = PackLanguageRadios(
        "Which language?",
        default=OWN,
        hint="Headings and standard phrases. What people said stays as it was written",
        required="Choose a language",
        size="m",
    )
    unsafe = ChoiceRadios(
        "What about plans that are not safe for the person to keep?",
        _unsafe,
        default=LEAVE_OUT,
        hint="Take them with you only for one of these reasons. It is written down with your name",
        required="Say what happens with plans that are not safe to keep",
        size="m",
    )
    shape = ChoiceRadios(
        "As what?",
        tuple(SHAPES.items()),
        default="zip",
        required="Choose a zip folder or one PDF",
        size="m",
    )
    password = PasswordLine(
        "Password of the pack",
        required="Enter a password for the pack",
        hint=f"{PASSWORD_HINT}. We do not keep it: without it nobody can open the plans",
        limit=MAX_PASSWORD,
        autocomplete="new-password",
        size="m",
    )

    def problem_together(self) -> Problem | None:
        if self.shape.data == "pdf" and self.cases > MOST_IN_ONE_PDF:
            return "shape", f"One PDF holds {MOST_IN_ONE_PDF} cases at most: choose the zip folder"
        password = self.password.data
        problem = weakness_of(password) or why_not_password(password)
        return ("password", problem) if problem else None

    def how(self) -> How:
        return How(
            format="" if self.format.data == OWN else self.format.data,
            language="" if self.language.data == OWN else self.language.data,
            shape=self.shape.data,
            copy_reason="" if self.unsafe.data == LEAVE_OUT else self.unsafe.data,
        )
