"""What is asked before a pack is made."""

from caseapp.accounts.forms import PASSWORD_HINT
from caseapp.accounts.rules import MAX_PASSWORD, weakness_of
from caseapp.documents.plan_paper import FORMATS
from caseapp.languages import LANGUAGES
from caseapp.packs.models import How
from caseapp.packs.rules import MOST_BYTES_OF_PASSWORD, OWN, SHAPES
from caseapp.reference import choices
from caseapp.web.forms import ChoiceRadios, ChoiceSelect, Form, PasswordLine, Problem
from caseapp.web.hidden_fields import HiddenText

LEAVE_OUT = "leave_out"


def _formats() -> list[tuple[str, str]]:
    offered = [(code, label) for code, label in choices("plan_format") if code in FORMATS]
    return [(OWN, "Each in the format that its reader reads best"), *offered]


def _languages() -> list[tuple[str, str]]:
    offered = [(each.code, each.english) for each in LANGUAGES.values()]
    return [(OWN, "Each in its reader’s language"), *offered]


def _unsafe() -> list[tuple[str, str]]:
    return [(LEAVE_OUT, "Leave those plans out"), *choices("plan_copy_reason")]


class ChooseForm(Form):
    """Which cases; those that are ticked on this page are read as they were sent."""

    elsewhere = HiddenText()  # ids of cases chosen that do not stand on this page


class HowForm(Form):
    """How their plans are printed."""

    format = ChoiceRadios("Which format?", _formats, default=OWN, required="Choose a format")
    language = ChoiceSelect(
        "Which language?",
        _languages,
        default=OWN,
        hint="Of the headings and standard phrases: what people said stays as it was written",
        required="Choose a language",
    )
    unsafe = ChoiceRadios(
        "What about plans that are not safe for the person to keep?",
        _unsafe,
        default=LEAVE_OUT,
        hint="Take them with you only for one of these reasons. It is written down with your name",
        required="Say what happens with plans that are not safe to keep",
    )
    shape = ChoiceRadios(
        "As what?", tuple(SHAPES.items()), default="zip", required="Choose a zip folder or one PDF"
    )
    password = PasswordLine(
        "Password of the pack",
        required="Enter a password for the pack",
        hint=f"{PASSWORD_HINT}. We do not keep it: without it nobody can open the plans",
        limit=MAX_PASSWORD,
        autocomplete="new-password",
    )

    def problem_together(self) -> Problem | None:
        if len(self.password.data.encode()) > MOST_BYTES_OF_PASSWORD:
            return "password", "The password is too long for a PDF: take a shorter one"
        weakness = weakness_of(self.password.data)
        return ("password", weakness) if weakness else None

    def how(self) -> How:
        return How(
            format="" if self.format.data == OWN else self.format.data,
            language="" if self.language.data == OWN else self.language.data,
            shape=self.shape.data,
            copy_reason="" if self.unsafe.data == LEAVE_OUT else self.unsafe.data,
        )
