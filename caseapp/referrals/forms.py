"""The two forms of a referral: what is asked of the agency, and what the agency answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from caseapp.directory.models import Service
from caseapp.people.rules import age_on
from caseapp.reference import Entry
from caseapp.referrals.agencies import name_of, why_not_to
from caseapp.referrals.models import (
    ACCEPTED,
    DECLINED,
    ReferralBody,
    ReferralHead,
    ReferralStep,
)
from caseapp.referrals.rules import (
    NRM,
    OWN_FORMS,
    consent_of,
    why_cannot_be_made,
    why_decision_cannot_be,
)
from caseapp.sharing.forms import ConsentQuestions
from caseapp.sharing.rules import Problem
from caseapp.web.forms import (
    ChoiceSelect,
    CodeRadios,
    CodeSelect,
    DateParts,
    Form,
    TextArea,
    TextLine,
)

SHARED = (
    "need", "consent", "consent_basis", "conditions", "necessity", "why_without_consent",
    "person_told", "why_not_told", "safe_contact", "why_no_safe_contact", "first_responder",
)  # fmt: skip


def is_made_here(code: Entry) -> bool:
    return code.code not in OWN_FORMS


class ReferralForm(ConsentQuestions):
    """Who is asked for what, on which basis, and how the agency may safely make contact."""

    kind = CodeSelect(
        "What kind of help?",
        "referral_kind",
        only=is_made_here,
        required="Choose the kind of help",
    )
    service = ChoiceSelect("Service in the directory", choices=[])
    agency = TextLine(
        "Agency", hint="If it is not in the directory, or to say whom you wrote to there", limit=150
    )
    made_on = DateParts(
        "Date of the referral", required="Enter the date of the referral", not_future=True
    )
    first_responder = TextLine(
        "Which first-responder organisation makes the referral?",
        hint="Only first-responder organisations can refer somebody to the NRM. An adult has to"
        " agree; a child under 18 need not",
        limit=150,
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
    why_no_safe_contact = TextArea(
        "Why are they told nothing about safe contact?", limit=500, rows=2
    )
    consent = CodeRadios(
        "Did they agree to this referral?", "sharing_consent", required="Choose whether they agreed"
    )

    @staticmethod
    def stored(head: ReferralHead, body: ReferralBody) -> dict[str, object]:
        """The fields of a stored referral, by the names of this form."""
        shared = {part: getattr(body, part) for part in SHARED} | {"consent": consent_of(body)}
        shared["service"] = str(head.service_id or "")
        return shared | {part: getattr(head, part) for part in ("made_on", "kind", "agency")}

    def offer(self, services: Iterable[tuple[str, str]], chosen: Service | None) -> None:
        """Those that are open, and the one that was chosen when it has closed meanwhile."""
        pairs = list(services)
        if chosen and str(chosen.id) not in dict(pairs):
            pairs.append((str(chosen.id), f"{name_of(chosen)} (closed)"))
        self.service.choices = pairs

    def like(self, stored: dict[str, object]) -> "ReferralForm":
        """The same questions with the answers that are stored now."""
        other = ReferralForm(formdata=None, data=stored)
        other.service.choices = self.service.choices
        return other

    def head(self, service: Service | None, stored: ReferralHead | None = None) -> ReferralHead:
        """What was decided about a stored referral stays."""
        asked: dict[str, Any] = {
            "made_on": self.made_on.data,
            "kind": self.kind.data,
            "agency": self._agency(service, stored),
            "service_id": service.id if service else None,
        }
        return replace(stored, **asked) if stored else ReferralHead(**asked)

    def body(self, stored: ReferralBody | None = None) -> ReferralBody:
        silent = not self.safe_contact.data
        shared = {part: self[part].data for part in SHARED} | self.why()
        shared["why_no_safe_contact"] = self.why_no_safe_contact.data if silent else ""
        shared["first_responder"] = self.first_responder.data if self.kind.data == NRM else ""
        return replace(stored, **shared) if stored else ReferralBody(**shared)

    def _agency(self, service: Service | None, stored: ReferralHead | None) -> str:
        """What was typed; what stood there before another service was chosen is not."""
        typed: str = self.agency.data
        is_left_over = (
            stored and stored.agency == typed and service and service.id != stored.service_id
        )
        return name_of(service) if service and (is_left_over or not typed) else typed

    def problems_of_referral(
        self, born: date | None, service: Service | None, stored: ReferralHead | None = None
    ) -> Iterable[Problem]:
        yield from why_not_to(service, self.agency.data, stored)
        if self.kind.errors or self.made_on.errors:
            return
        yield from why_cannot_be_made(
            self.kind.data,
            self.made_on.data,
            stored.decided_on if stored else None,
            consent=self.consent.data or "",
            age=age_on(born, self.made_on.data) if born else None,
            first_responder=self.first_responder.data,
            safe_contact=self.safe_contact.data,
            why_no_safe_contact=self.why_no_safe_contact.data,
        )


class DecisionForm(Form):
    """What the agency decided, and what came of it."""

    decision = CodeRadios(
        "What did they decide?", "referral_decision", required="Choose what they decided"
    )
    decided_on = DateParts("Date of the decision", not_future=True)
    declined_reason = CodeRadios("Why was it declined?", "referral_declined_reason")
    engagement = CodeRadios("How far has the person taken it up?", "referral_engagement")
    engaged_on = DateParts(
        "Since when?",
        hint="If how far they have taken it up has changed. Empty means today",
        not_future=True,
    )
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

    def body(self, stored: ReferralBody, by: UUID, day: date) -> ReferralBody:
        """Radio buttons cannot be cleared, so one that belongs to another decision is let go. A
        change in how far they have taken it up is a step of that day."""
        engagement = self._where(ACCEPTED, self.engagement)
        step = ReferralStep(on=self.engaged_on.data or day, what=engagement, by=by)
        changed = engagement and engagement != stored.engagement
        return replace(
            stored,
            declined_reason=self._where(DECLINED, self.declined_reason),
            engagement=engagement,
            outcome=self.outcome.data,
            steps=(*stored.steps, step) if changed else stored.steps,
        )

    def all_hold(self, stored: ReferralHead) -> bool:
        """Whether it was sent and is right, with all that is wrong said at once."""
        if not self.was_sent:
            return False
        holds, problems = self.validate_on_submit(), list(self._problems_together(stored))
        for problem in problems:
            self.refuse(*problem)
        return holds and not problems

    def _problems_together(self, stored: ReferralHead) -> Iterable[Problem]:
        if self.decision.errors or self.decided_on.errors or self.engaged_on.errors:
            return ()
        return why_decision_cannot_be(
            stored.made_on,
            self.decision.data,
            self.decided_on.data,
            self.declined_reason.data or "",
            self.engaged_on.data,
        )

    def _where(self, decision: str, answer: CodeRadios) -> str:
        return (answer.data or "") if self.decision.data == decision else ""
