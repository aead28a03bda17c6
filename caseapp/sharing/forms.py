"""The forms of the log, and the questions about agreement that every sharing has in common."""

from collections.abc import Callable, Iterable
from typing import Any

from caseapp.reference import Entry
from caseapp.sharing.models import SharingBody, SharingHead
from caseapp.sharing.rules import Problem, problems_of
from caseapp.web.answers import Answer
from caseapp.web.forms import (
    ChoiceRadios,
    CodeCheckboxes,
    CodeRadios,
    DateParts,
    Form,
    TextArea,
    TextLine,
    YesNo,
)

LATER = (
    "consent", "consent_basis", "conditions", "why_without_consent", "necessity", "person_told",
    "why_not_told",
)  # fmt: skip


def is_for_all(code: Entry) -> bool:
    """Whether this answer about agreement fits every sharing, and not one kind of referral."""
    return "only_for" not in code.attributes


class ConsentQuestions(Form):
    """Whether the person agreed, and why it may be shared: asked wherever something is shared."""

    consent = CodeRadios(
        "Did they agree to this sharing?",
        "sharing_consent",
        only=is_for_all,
        required="Choose whether they agreed",
    )
    consent_basis = CodeRadios(
        "On what basis do you share this?", "consent_basis", required="Choose a basis"
    )
    conditions = CodeCheckboxes("Do you share any of these?", "sharing_condition")
    why_without_consent = TextArea(
        "If they did not agree, why do you share it?",
        hint="What could happen if you do not",
        limit=2000,
        rows=3,
    )
    necessity = TextArea(
        "Why is it necessary, and why would sharing less not be enough?",
        hint="You may leave this empty if they agreed",
        limit=2000,
        rows=3,
    )
    person_told = YesNo("Do they know about this sharing?", required="Choose whether they know")
    why_not_told = TextArea("Why are they not told?", limit=1000, rows=2)

    def answers(self) -> list[Answer]:
        """In the order of the page: what this form asks by itself comes first."""
        return sorted(super().answers(), key=lambda answer: answer.short_name in LATER)

    def problems_together(self) -> Iterable[Problem]:
        """Which answers cannot stand together; none while one of them is missing."""
        if self.consent.errors or self.consent_basis.errors:
            return ()
        return problems_of(
            self.consent.data,
            self.consent_basis.data,
            necessity=self.necessity.data,
            why_without_consent=self.why_without_consent.data,
            person_told=self.person_told.data,
            why_not_told=self.why_not_told.data,
        )

    def all_hold(self, also: Callable[[], Iterable[Problem]] = tuple) -> bool:
        """Whether it was sent and is right. Every kind of problem is shown at once, so that
        nobody has to send the form twice. `also`: what else cannot stand together."""
        if not self.was_sent:
            return False
        holds, problems = self.validate_on_submit(), [*also(), *self.problems_together()]
        for problem in problems:
            self.refuse(*problem)
        return holds and not problems

    def why(self) -> dict[str, Any]:
        """The parts of a SharingBody that these questions ask."""
        return {
            "conditions": tuple(self.conditions.data),
            "necessity": self.necessity.data,
            "why_without_consent": self.why_without_consent.data,
            "person_told": self.person_told.data,
            "why_not_told": self.why_not_told.data if self.person_told.data is False else "",
        }


class SharingForm(ConsentQuestions):
    """What was shared, with whom, and why that was right."""

    shared_on = DateParts(
        "When did you share it?", required="Enter the date of the sharing", not_future=True
    )
    with_whom = TextLine(
        "With whom?",
        hint="The agency and the person, for example: MASH, duty social worker",
        limit=200,
        required="Enter with whom you shared it",
    )
    what = TextArea("What did you share?", limit=6500, rows=4, required="Enter what you shared")
    purpose = TextArea("For what purpose?", limit=1000, rows=2, required="Enter the purpose")

    @staticmethod
    def stored(head: SharingHead, body: SharingBody) -> dict[str, object]:
        """The fields of a stored entry, by the names of this form."""
        kept = {name: getattr(body, name) for name in body.__struct_fields__}
        named = {"shared_on": head.shared_on, "with_whom": head.with_whom}
        return kept | named | {"consent": head.consent, "consent_basis": head.basis}

    def head(self) -> SharingHead:
        return SharingHead(
            shared_on=self.shared_on.data,
            with_whom=self.with_whom.data,
            consent=self.consent.data,
            basis=self.consent_basis.data,
        )

    def body(self) -> SharingBody:
        return SharingBody(what=self.what.data, purpose=self.purpose.data, **self.why())


class DecisionForm(Form):
    """A senior agrees or disagrees, with words."""

    agrees = ChoiceRadios(
        "Was it right to share this?",
        [("yes", "Yes, I agree with the decision"), ("no", "No, I disagree")],
        required="Choose whether you agree",
    )
    words = TextArea("Why, and what has to be done now?", limit=5000, required="Enter your reasons")


class WithdrawalForm(Form):
    """The person takes their agreement back."""

    on = DateParts(
        "When did they withdraw it?", required="Enter the day they withdrew it", not_future=True
    )
    words = TextArea(
        "What has to stop, and who was told?", limit=2000, required="Enter what has to stop"
    )
