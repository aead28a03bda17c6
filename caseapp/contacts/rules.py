"""Pure decisions about notes and tasks: when a contact can have been, who does what comes next."""

from datetime import date, datetime, timedelta
from uuid import UUID

from caseapp.access.actors import Actor
from caseapp.clock import LOCAL
from caseapp.people.models import SafeContact
from caseapp.people.safe_contact import why_marked_unsafe, why_no_voicemail
from caseapp.reference import entry
from caseapp.web.words import long_date

DUE_AFTER = timedelta(days=7)  # where nobody says by when
VOICEMAIL = ("phone", "message_left")  # codes of contact_channel and contact_outcome
CLOCKS_DIFFER = timedelta(minutes=5)
Problem = tuple[str, str]  # the field, and what to mend


def why_cannot_have_been(
    at: datetime, now: datetime, first_day: date, born: date | None
) -> Problem | None:
    """Why a contact cannot have been at that moment; `first_day`: when the case was opened, or
    referred before that."""
    on = at.astimezone(LOCAL).date()
    if born and on < born:
        return "on", "The contact cannot be before the person was born"
    if on < first_day:
        return "on", f"The contact cannot be before the case began on {long_date(first_day)}"
    if at > now + CLOCKS_DIFFER:
        return "at", "The time of the contact must be in the past"
    return None


def why_note_needs_reason(
    contact: SafeContact, type_: str, outcome: str, at: datetime
) -> tuple[str, ...]:
    """What the person had said against a contact that was made like this; empty: nothing.

    Only what they said counts here: the call was made, and asking for a reason each time that
    nobody had asked about hours would teach people to type anything. Before a call it counts too,
    and for a voicemail, which anybody may hear.
    """
    channel = channel_of(type_)
    reaches = entry("contact_outcome", outcome).attributes.get("reaches") != "no"
    if not channel or not reaches:
        return ()
    recorded = why_no_voicemail(contact) if (channel, outcome) == VOICEMAIL else ()
    return (*why_marked_unsafe(contact, channel, at), *recorded)


def channel_of(note_type: str) -> str:
    """The code of contact_channel that a type of note goes by; "" for none."""
    return entry("note_type", note_type).attributes.get("channel", "")


def owner_of_next_action(by: Actor, team_id: UUID, advocate_id: UUID | None) -> UUID:
    """Whoever wrote it down; but a visitor from another team leaves it to the case's advocate."""
    return by.user_id if by.team_id == team_id else advocate_id or by.user_id


def due_day(given: date | None, today: date) -> date:
    return given or today + DUE_AFTER
