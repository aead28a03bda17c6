"""The forms of the MARAC: the referral, the meeting, an action, and what the person was told."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from caseapp.marac.models import ActionBody, ActionHead, Feedback, MaracBody, MaracHead
from caseapp.marac.rules import NOT_RECORDED, WHOM
from caseapp.sharing.forms import ConsentQuestions
from caseapp.sharing.models import SharingBody, SharingHead
from caseapp.sharing.rules import Problem
from caseapp.web.forms import (
    ChoiceRadios,
    ChoiceSelect,
    CodeCheckboxes,
    CodeSelect,
    DateParts,
    Form,
    TextArea,
    TextLine,
    WholeNumber,
    YesNo,
)

LONG = {"limit": 10_000, "rows": 4}
TOLD = (
    "reasons", "wishes", "safe_contact", "person", "address", "needs", "incidents", "history",
    "risks", "children", "perpetrator", "agencies", "advocate",
)  # fmt: skip
AGREED = (
    "consent", "consent_basis", "conditions", "why_without_consent", "necessity", "person_told",
    "why_not_told",
)  # fmt: skip


class MaracForm(ConsentQuestions):
    """Everything that the meeting needs. What the record holds is filled in already."""

    referred_on = DateParts(
        "Date of the referral", required="Enter the date of the referral", not_future=True
    )
    criteria = CodeCheckboxes(
        "Why is this for the MARAC?", "marac_criterion", required="Choose at least one reason"
    )
    reasons = TextArea(
        "What do these reasons rest on?", required="Enter what the reasons rest on", **LONG
    )
    is_repeat = YesNo(
        "Is it a repeat: abuse again within 12 months of the last referral?",
        required="Choose yes or no",
    )
    dash_score = WholeNumber("DASH score", least=0, most=24)
    person = TextArea("Who is in danger?", required="Enter who is in danger", **LONG)
    address = TextArea("Address", limit=500, rows=3)
    safe_contact = TextArea("How can they be reached safely?", limit=1000, rows=3)
    needs = TextArea("What do they need, and what helps when talking to them?", **LONG)
    wishes = TextArea("What does the person want to happen?", **LONG)
    incidents = TextArea("What happened in the last 12 months?", **LONG)
    history = TextArea("What happened before?", **LONG)
    risks = TextArea("What are the risks, and what could set them off?", **LONG)
    children = TextArea("Children in the household", **LONG)
    perpetrator_id = ChoiceRadios(
        "Who is the alleged perpetrator?", (), required="Choose who, or that it is not known"
    )
    violence_types = CodeCheckboxes(
        "What types of violence?", "violence_type", required="Choose at least one type of violence"
    )
    perpetrator = TextArea(
        "What is known of the alleged perpetrator?",
        hint="If nothing is known, say so",
        required="Enter what is known of them, or that nothing is",
        **LONG,
    )
    agencies = TextArea("Which agencies know the family?", limit=2000, rows=3)
    advocate = TextLine("Who speaks for them at the meeting?", limit=150)

    def offer(self, perpetrators: Iterable[tuple[str, str]]) -> None:
        self.perpetrator_id.choices = [*perpetrators, (NOT_RECORDED, "Not known, or not recorded")]

    def like(self, stored: dict[str, Any]) -> "MaracForm":
        """The same questions with the answers that are stored now."""
        other = MaracForm(formdata=None, data=stored)
        other.perpetrator_id.choices = self.perpetrator_id.choices
        return other

    def head(self, stored: MaracHead | None = None) -> MaracHead:
        """What the meeting decided about a stored referral stays."""
        chosen = self.perpetrator_id.data
        asked = {
            "referred_on": self.referred_on.data,
            "criteria": tuple(self.criteria.data),
            "is_repeat": self.is_repeat.data,
            "dash_score": self.dash_score.data,
            "perpetrator_id": None if chosen == NOT_RECORDED else UUID(chosen),
            "violence_types": tuple(self.violence_types.data),
        }
        return replace(stored, **asked) if stored else MaracHead(**asked)

    def body(self, stored: MaracBody | None = None) -> MaracBody:
        asked = {name: self[name].data for name in TOLD}
        asked |= {
            "victim_aware": self.person_told.data,
            "consent": self.consent.data,
            "consent_basis": self.consent_basis.data,
            **{name: value for name, value in self.why().items() if name != "person_told"},
        }
        return replace(stored, **asked) if stored else MaracBody(**asked)

    def sharing(self) -> tuple[SharingHead, SharingBody]:
        """The entry of the sharing log that this referral is."""
        head = SharingHead(
            shared_on=self.referred_on.data,
            with_whom=WHOM,
            consent=self.consent.data,
            basis=self.consent_basis.data,
        )
        what = "Referral to the MARAC: the person, what happened, the children in the household"
        purpose = "One plan of all agencies for the person's safety"
        return head, SharingBody(
            what=f"{what}, and the alleged perpetrator.", purpose=purpose, **self.why()
        )

    def more_problems(self) -> Iterator[Problem]:
        """Which answers cannot stand together, besides those about agreement."""
        known = self.perpetrator_id.data not in {None, NOT_RECORDED}
        if known and self.is_repeat.data is False and "repeat" in (self.criteria.data or ()):
            yield "is_repeat", "You chose repeat as a reason: check both answers"

    @staticmethod
    def stored(head: MaracHead, body: MaracBody) -> dict[str, Any]:
        """The fields of a stored referral, by the names of this form."""
        kept = {name: getattr(body, name) for name in (*TOLD, *AGREED) if name != "person_told"}
        return kept | {
            "person_told": body.victim_aware,
            "referred_on": head.referred_on,
            "criteria": list(head.criteria),
            "is_repeat": head.is_repeat,
            "dash_score": head.dash_score,
            "perpetrator_id": str(head.perpetrator_id) if head.perpetrator_id else NOT_RECORDED,
            "violence_types": list(head.violence_types),
        }


class MeetingForm(Form):
    """When it is, and once it was, what it said."""

    meeting_on = DateParts("Date of the meeting", required="Enter the date of the meeting")
    was_heard = YesNo("Was the case heard?", required="Choose yes, or not yet")
    outcome = TextArea("What did the meeting say?", **LONG)

    @staticmethod
    def stored(head: MaracHead, body: MaracBody) -> dict[str, Any]:
        heard = head.heard_on is not None if head.meeting_on else None
        return {"meeting_on": head.meeting_on, "was_heard": heard, "outcome": body.outcome}


class ActionForm(Form):
    """Who does what by when."""

    what = TextLine("What will be done?", limit=300, required="Enter what will be done")
    due_on = DateParts("By when?", required="Enter the day by which it is done")
    owner = ChoiceSelect("Who of us does it?", (), hint="Leave empty if another agency does it")
    agency = TextLine("Or which agency?", limit=150)
    is_done = YesNo("Is it done?")
    result = TextArea("What came of it?", limit=2000, rows=3)

    def offer(self, workers: Iterable[tuple[UUID, str]]) -> None:
        self.owner.choices = [(str(user_id), name) for user_id, name in workers]

    def like(self, stored: dict[str, Any]) -> "ActionForm":
        other = ActionForm(formdata=None, data=stored)
        other.owner.choices = self.owner.choices
        return other

    @property
    def owner_id(self) -> UUID | None:
        return UUID(self.owner.data) if self.owner.data else None

    def problem_together(self) -> Problem | None:
        if bool(self.owner.data) == bool(self.agency.data):
            return "owner", "Choose one of us, or enter an agency, and not both"
        return None

    def head(self, stored: ActionHead | None, today: date) -> ActionHead:
        done_on = (
            (stored.done_on if stored and stored.done_on else today) if self.is_done.data else None
        )
        return ActionHead(
            what=self.what.data, due_on=self.due_on.data, agency=self.agency.data, done_on=done_on
        )

    def body(self) -> ActionBody:
        return ActionBody(result=self.result.data)


class FeedbackForm(Form):
    """What the person was told of the meeting, and how."""

    on = DateParts("When were they told?", required="Enter the date", not_future=True)
    channel = CodeSelect("How?", "contact_channel", required="Choose how they were told")
    words = TextArea(
        "What were they told, and what did they say?", required="Enter what they were told", **LONG
    )
    why_not_safe = TextArea(
        "If that way is not known to be safe for them, why did you use it?", limit=500, rows=2
    )

    def feedback(self) -> Feedback:
        return Feedback(
            id=self.record_id.data,
            on=self.on.data,
            channel=self.channel.data,
            words="\n\n".join(filter(None, (self.words.data, self.why_not_safe.data))),
        )
