"""The form of a contact note."""

from datetime import UTC, datetime

from caseapp.clock import LOCAL
from caseapp.contacts.models import NoteBody, NoteHead
from caseapp.reference import entry
from caseapp.web.forms import (
    CodeSelect,
    Confirm,
    DateParts,
    Form,
    TextArea,
    TextLine,
    TimeOfDay,
    WholeNumber,
    YesNo,
)

CONTACT = "contact_made"


class NoteForm(Form):
    """A contact, logged in half a minute: today and now are already filled in, and one choice says
    both what it was and how it went. That one has no default: it would be a false fact."""

    contact = CodeSelect("What contact was it?", CONTACT, required="Choose what contact it was")
    fact = TextArea("What happened?", limit=20_000, rows=5, required="Enter what happened")
    opinion = TextArea("What do you make of it?", limit=5000, rows=2)
    on = DateParts("Date", required="Enter the date of the contact", not_future=True)
    at = TimeOfDay("Time", required="Enter the time of the contact")
    minutes = WholeNumber("Minutes spent", least=0, most=1440)
    why_not_safe = TextArea(
        "Why was contact made all the same?",
        hint="For example, they rang us. It is kept in the record",
        limit=1000,
        rows=2,
    )
    with_whom = TextLine(
        "Who else took part?", limit=200, hint="For example, an interpreter or their mother"
    )
    safe_to_talk = YesNo("Was it safe to talk?")
    is_third_party = Confirm("This holds information about, or given by, somebody else")
    next_action = TextLine("What happens next?", hint="It becomes a task", limit=300)
    next_action_on = DateParts("By when?", hint="Left empty: in a week")
    next_action_kind = CodeSelect("Does it reach the person? How?", "contact_channel")

    def moment(self) -> datetime:
        local = datetime.combine(self.on.data, self.at.data, LOCAL)
        return local.astimezone(UTC)

    def kind(self) -> tuple[str, str]:
        """(code of note_type, code of contact_outcome)."""
        chosen = entry(CONTACT, self.contact.data).attributes
        return chosen["type"], chosen["outcome"]

    def head(self) -> NoteHead:
        type_, outcome = self.kind()
        return NoteHead(
            at=self.moment(),
            type=type_,
            contact_outcome=outcome,
            minutes=self.minutes.data,
            is_third_party=bool(self.is_third_party.data),
        )

    def body(self, *, is_against_safe_contact: bool = False) -> NoteBody:
        """A reason is kept only where one was asked for."""
        return NoteBody(
            fact=self.fact.data,
            opinion=self.opinion.data,
            with_whom=self.with_whom.data,
            safe_to_talk=self.safe_to_talk.data,
            next_action=self.next_action.data,
            next_action_on=self.next_action_on.data,
            next_action_kind=self.next_action_kind.data or "",
            why_not_safe=self.why_not_safe.data if is_against_safe_contact else "",
        )


class FindCaseForm(Form):
    """Sent by POST, so that a name is in no address, history or log."""

    text = TextLine(
        "Whose case is it?",
        hint="A few letters of the name, or the reference",
        limit=80,
        required="Enter a few letters of the name",
    )
