"""The two forms of a referral: what is asked of the agency, and what the agency answers."""

from msgspec.structs import replace

from caseapp.referrals.models import ACCEPTED, DECLINED, ReferralBody, ReferralHead
from caseapp.referrals.rules import Problem, why_cannot_be_made, why_decision_cannot_be
from caseapp.web.forms import CodeRadios, CodeSelect, DateParts, Form, TextArea, TextLine, YesNo

SHARED = ("need", "consent_basis", "why_without_consent", "person_told", "safe_contact")


class ReferralForm(Form):
    """Who is asked for what, on which basis, and how the agency may safely make contact."""

    kind = CodeSelect("What kind of help?", "referral_kind", required="Choose the kind of help")
    agency = TextLine("Agency", limit=150, required="Enter the name of the agency")
    made_on = DateParts(
        "Date of the referral", required="Enter the date of the referral", not_future=True
    )
    need = TextArea(
        "What do they need, and what do you ask the agency to do?",
        limit=5000,
        required="Enter what they need",
    )
    safe_contact = TextArea(
        "What do you tell the agency about safe contact?",
        hint="Change it if some of this must not be shared",
        limit=1000,
        rows=3,
    )
    consent_basis = CodeRadios(
        "On what basis do you share this?", "consent_basis", required="Choose a basis"
    )
    why_without_consent = TextArea(
        "If they did not agree, why do you share it?",
        hint="What could happen if you do not, and why less would not be enough",
        limit=2000,
        rows=3,
    )
    person_told = YesNo("Does the person know about this referral?")

    @staticmethod
    def stored(head: ReferralHead, body: ReferralBody) -> dict[str, object]:
        """The fields of a stored referral, by the names of this form."""
        return {part: getattr(head, part) for part in ("made_on", "kind", "agency")} | {
            part: getattr(body, part) for part in SHARED
        }

    def head(self, stored: ReferralHead | None = None) -> ReferralHead:
        """What was decided about a stored referral stays."""
        asked = {"made_on": self.made_on.data, "kind": self.kind.data, "agency": self.agency.data}
        return replace(stored, **asked) if stored else ReferralHead(**asked)

    def body(self, stored: ReferralBody | None = None) -> ReferralBody:
        shared = {part: self[part].data for part in SHARED}
        return replace(stored, **shared) if stored else ReferralBody(**shared)

    def problem_together(self, stored: ReferralHead | None = None) -> Problem | None:
        if self.consent_basis.errors or self.made_on.errors:
            return None
        return why_cannot_be_made(
            self.consent_basis.data,
            self.why_without_consent.data,
            self.made_on.data,
            stored.decided_on if stored else None,
        )


class DecisionForm(Form):
    """What the agency decided, and what came of it."""

    decision = CodeRadios(
        "What did they decide?", "referral_decision", required="Choose what they decided"
    )
    decided_on = DateParts("Date of the decision", not_future=True)
    declined_reason = CodeRadios("Why was it declined?", "referral_declined_reason")
    engagement = CodeRadios("How far has the person taken it up?", "referral_engagement")
    outcome = TextArea("What came of it?", limit=5000, rows=4)

    @staticmethod
    def stored(head: ReferralHead, body: ReferralBody) -> dict[str, object]:
        """The fields of a stored decision, by the names of this form."""
        return {
            "decision": head.decision,
            "decided_on": head.decided_on,
            "declined_reason": body.declined_reason,
            "engagement": body.engagement,
            "outcome": body.outcome,
        }

    def head(self, stored: ReferralHead) -> ReferralHead:
        return replace(stored, decision=self.decision.data, decided_on=self.decided_on.data)

    def body(self, stored: ReferralBody) -> ReferralBody:
        """Radio buttons cannot be cleared, so one that belongs to another decision is let go."""
        return replace(
            stored,
            declined_reason=self._where(DECLINED, self.declined_reason),
            engagement=self._where(ACCEPTED, self.engagement),
            outcome=self.outcome.data,
        )

    def problem_together(self, stored: ReferralHead) -> Problem | None:
        if self.decision.errors or self.decided_on.errors:
            return None
        return why_decision_cannot_be(
            stored.made_on, self.decision.data, self.decided_on.data, self.declined_reason.data
        )

    def _where(self, decision: str, answer: CodeRadios) -> str:
        return (answer.data or "") if self.decision.data == decision else ""
