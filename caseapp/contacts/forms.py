"""The form of a contact note."""

from datetime import UTC, datetime

from caseapp.clock import LOCAL
from caseapp.contacts.models import NoteBody, NoteHead
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


class NoteForm(Form):
    """A contact, logged in half a minute: today and now are already filled in."""

    type = CodeSelect("How?", "note_type", required="Choose how you were in touch")
    contact_outcome = CodeSelect(
        "Did you reach them?", "contact_outcome", required="Choose whether you reached them"
    )
    fact = TextArea("What happened?", limit=20_000, rows=5, required="Enter what happened")
    opinion = TextArea("What do you make of it?", limit=5000, rows=2)
    on = DateParts("Date", required="Enter the date of the contact", not_future=True)
    at = TimeOfDay("Time", required="Enter the time of the contact")
    minutes = WholeNumber("Minutes spent", least=0, most=1440)
    with_whom = TextLine("With whom, if not the person?", limit=200)
    safe_to_talk = YesNo("Was it safe to talk?")
    is_third_party = Confirm("This holds information about, or given by, somebody else")
    next_action = TextLine("What happens next?", limit=300)
    next_action_on = DateParts("By when?")

    def head(self) -> NoteHead:
        local = datetime.combine(self.on.data, self.at.data, LOCAL)
        return NoteHead(
            at=local.astimezone(UTC),
            type=self.type.data,
            contact_outcome=self.contact_outcome.data,
            minutes=self.minutes.data,
            is_third_party=bool(self.is_third_party.data),
        )

    def body(self) -> NoteBody:
        return NoteBody(
            fact=self.fact.data,
            opinion=self.opinion.data,
            with_whom=self.with_whom.data,
            safe_to_talk=self.safe_to_talk.data,
            next_action=self.next_action.data,
            next_action_on=self.next_action_on.data,
        )
