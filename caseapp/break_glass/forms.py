"""What is asked before the glass breaks, and of the manager who looks at it afterwards."""

from caseapp.accounts.forms import CodeForm
from caseapp.accounts.rules import MAX_PASSWORD
from caseapp.cases.rules import REFERENCE_SHAPE
from caseapp.web.forms import (
    CodeRadios,
    DateParts,
    Form,
    PasswordLine,
    TextArea,
    TextLine,
    refuse,
)

SHORTEST = 15  # letters of a reason that somebody else can judge
NO_CASE_NAMED = "Enter the case reference, or the family name and the date of birth"


def is_a_reason(_form: object, field: TextArea) -> None:
    if len(field.data.strip()) < SHORTEST:
        refuse(f"Say in {SHORTEST} letters or more what has happened. A manager will read it")


class EmergencyForm(CodeForm):
    reference = TextLine(
        "Case reference",
        hint="Eight letters and numbers, for example 7KQM-2XWD",
        limit=20,
        width="10",
    )
    family_name = TextLine("Family name", limit=100, width="20")
    date_of_birth = DateParts("Date of birth", not_future=True)
    reason = CodeRadios(
        "Why can it not wait?", "emergency_reason", required="Choose why it cannot wait"
    )
    words = TextArea(
        "What has happened?",
        required="Enter what has happened",
        hint="The manager of the case’s team reads this, and says whether it was right",
        limit=1_000,
        validators=(is_a_reason,),
    )
    password = PasswordLine("Your password", required="Enter your password", limit=MAX_PASSWORD)

    @property
    def by_reference(self) -> bool:
        return bool(self.reference.data)

    def names_a_case(self) -> bool:
        """Whether there is enough to look for; says so beside the field where there is not."""
        if self.by_reference:
            if REFERENCE_SHAPE.fullmatch(self.reference.data.upper()):
                return True
            self.refuse("reference", "A case reference has eight letters and numbers")
        elif self.family_name.data and self.date_of_birth.data:
            return True
        elif not self.reference.errors and not self.date_of_birth.errors:
            self.refuse("reference", NO_CASE_NAMED)
        return False


class ReviewForm(Form):
    verdict = CodeRadios(
        "Was it right to open the case?",
        "emergency_verdict",
        required="Choose whether it was right to open the case",
    )
    verdict_words = TextArea(
        "Why?",
        required="Enter why you think so",
        hint="For example, what you asked the person who opened it, and what they said",
        limit=1_000,
    )
