"""Writing down who was referred to us, and what we said to it."""

from typing import Any

from caseapp.people.forms import PersonForm
from caseapp.referrals.incoming_models import (
    DECLINED,
    WAITING,
    IncomingBody,
    IncomingHead,
    IncomingReferral,
)
from caseapp.sharing.forms import is_for_all
from caseapp.web.forms import (
    ChoiceRadios,
    CodeCheckboxes,
    CodeRadios,
    CodeSelect,
    DateParts,
    Form,
    TextArea,
    TextLine,
)

# Nobody asks a caller for these; whoever opens the case asks the person.
UNASKED = {
    "sex": "not_known", "ethnicity": "not_asked", "ward": "not_known", "residence": "not_known",
}  # fmt: skip
TOLD = ("referral_source", "themes", "summary", "consent", "consent_basis")


class IncomingForm(PersonForm):
    """The person, who refers them and why. Its questions are named as those of a new case."""

    received_on = DateParts(
        "When were they referred?", required="Enter the date of the referral", not_future=True
    )
    referral_source = CodeSelect(
        "Who referred them?", "referral_source", required="Choose who referred them, or not known"
    )
    referred_by = TextLine("Name and agency of the referrer, and how to answer", limit=200)
    themes = CodeCheckboxes("Themes", "theme")
    summary = TextArea(
        "What do they need, and what has happened?",
        limit=5000,
        rows=6,
        required="Enter what they need",
    )
    consent = CodeRadios(
        "Did the person agree to be referred to us?",
        "sharing_consent",
        only=is_for_all,
        required="Choose whether they agreed",
    )
    consent_basis = CodeRadios("On what basis did the agency share this?", "consent_basis")

    def incoming_head(self) -> IncomingHead:
        return IncomingHead(
            received_on=self.received_on.data,
            person=self.head(),
            referred_by=self.referred_by.data,
        )

    def incoming_body(self) -> IncomingBody:
        return IncomingBody(
            details=self.body(),
            referral_source=self.referral_source.data,
            themes=tuple(self.themes.data),
            summary=self.summary.data,
            consent=self.consent.data,
            consent_basis=self.consent_basis.data or "",
        )


def answers_for_case(incoming: IncomingReferral) -> dict[str, Any]:
    """What was told, by the names of the form of a new case, so that nobody types it again."""
    head, body = incoming.head, incoming.body
    told = {name: getattr(body, name) for name in TOLD if getattr(body, name)}
    return PersonForm.stored(head.person, body.details) | told | {"referred_by": head.referred_by}


class IncomingDecisionForm(Form):
    """Keep them waiting, or decline. Accepting is opening a case."""

    decision = ChoiceRadios(
        "What do you decide?",
        [(WAITING, "They have to wait"), (DECLINED, "We decline")],
        required="Choose what you decide",
    )
    declined_reason = CodeRadios("Why is it declined?", "referral_declined_reason")
    signposted_to = TextLine(
        "Where else did you point them to?", hint="The service that may help instead", limit=200
    )
    words = TextArea("What was said to the referrer?", limit=2000, rows=3)

    def all_hold(self) -> bool:
        holds = self.validate_on_submit()
        if self.was_sent and self.decision.data == DECLINED and not self.declined_reason.data:
            self.refuse("declined_reason", "Choose why it is declined")
            return False
        return holds
