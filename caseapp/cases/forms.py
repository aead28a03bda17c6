"""Forms of casework: a new case, an incident, a contact note, risk, allocation, closure."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from caseapp.cases.models import IncidentBody, IncidentHead, NoteBody, NoteHead
from caseapp.clock import LOCAL
from caseapp.people.forms import PersonForm
from caseapp.web.forms import (
    ChoiceSelect,
    CodeCheckboxes,
    CodeRadios,
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


class NewCaseForm(PersonForm):
    """The person, how they came to us, and the first judgement of risk, on one page."""

    themes = CodeCheckboxes("Themes", "theme", required="Choose at least one theme")
    opened_on = DateParts("Date the case opens", required="Enter a date", not_future=True)
    referral_source = CodeSelect(
        "Who referred them?", "referral_source", required="Choose who referred them, or not known"
    )
    referred_by = TextLine("Name and agency of the referrer", limit=200)
    consent_basis = CodeRadios("On what basis do we work with them?", "consent_basis")
    summary = TextArea("What has happened, in short?", limit=5000, rows=6)
    risk_level = CodeRadios("Level of risk", "risk_level", required="Choose a level of risk")
    risk_reasons = TextArea("Why this level?", limit=2000, rows=3)
    slcn = CodeCheckboxes("Speech, language and communication needs", "slcn")
    slcn_status = CodeRadios("How sure are we of these needs?", "slcn_status")
    same_person = Confirm("This is somebody else: open the case all the same")


class IncidentForm(Form):
    """What was done to the person, and what the law did about it."""

    happened_on = DateParts("When did it happen?", required="Enter a date", not_future=True)
    offence = CodeSelect("What was it?", "offence", required="Choose what it was")
    is_domestic = YesNo("Was it domestic abuse?", required="Choose yes or no")
    place_type = CodeSelect("What kind of place?", "place_type")
    ward = CodeSelect("Ward", "ward", required="Choose a ward, or not known")
    weapon = CodeSelect("Weapon", "weapon")
    injury = CodeRadios("Injury", "injury")
    hospital = YesNo("Did they go to hospital?")
    description = TextArea("What happened?", limit=10_000, rows=6)
    source = TextLine("Who told us?", limit=200)
    reported_to_police = YesNo("Was it reported to the police?")
    crime_number = TextLine("Crime number", limit=40, width="10")
    outcome = CodeSelect("Criminal-justice outcome", "criminal_justice_outcome")
    outcome_on = DateParts("Date of the outcome", not_future=True)
    no_outcome_reasons = CodeCheckboxes("If there is no outcome, why?", "no_outcome_reason")
    victim_told = YesNo("Has the person been told the outcome?")

    def head(self) -> IncidentHead:
        return IncidentHead(
            happened_on=self.happened_on.data,
            offence=self.offence.data,
            ward=self.ward.data,
            place_type=self.place_type.data or "",
            is_domestic=self.is_domestic.data,
            reported_to_police=self.reported_to_police.data,
            outcome=self.outcome.data or "",
            outcome_on=self.outcome_on.data,
        )

    def body(self) -> IncidentBody:
        return IncidentBody(
            description=self.description.data,
            source=self.source.data,
            weapon=self.weapon.data or "",
            injury=self.injury.data or "",
            hospital=self.hospital.data,
            crime_number=self.crime_number.data,
            no_outcome_reasons=tuple(self.no_outcome_reasons.data or ()),
            victim_told=self.victim_told.data,
        )

    @staticmethod
    def stored(head: IncidentHead, body: IncidentBody) -> dict[str, object]:
        """The fields of a stored incident, by the names of this form."""
        return {
            name: getattr(part, name) for part in (head, body) for name in part.__struct_fields__
        }

    def problems_together(self, born: date | None) -> tuple[str, str] | None:
        """(field, message) where two answers cannot both be true."""
        happened, outcome = self.happened_on.data, self.outcome_on.data
        if born and happened < born:
            return "happened_on", "The incident cannot be before the person was born"
        if outcome and happened and outcome < happened:
            return "outcome_on", "The outcome cannot be before the incident"
        if self.outcome.data and self.reported_to_police.data is False:
            return "outcome", "There can be no outcome if it was not reported to the police"
        return None


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


class RiskForm(Form):
    judged_on = DateParts("Date", required="Enter the date", not_future=True)
    level = CodeRadios("Level of risk", "risk_level", required="Choose a level of risk")
    reasons = TextArea("Why?", limit=5000, required="Say why, so that the next worker understands")


class AllocationForm(Form):
    advocate = ChoiceSelect("Advocate", choices=[], required="Choose an advocate")

    def offer(self, advocates: Iterable[tuple[UUID, str]]) -> None:
        self.advocate.choices = [(str(user_id), name) for user_id, name in advocates]

    def like(self, stored: dict[str, str]) -> "AllocationForm":
        """The same question with the answer that is stored now."""
        other = AllocationForm(formdata=None, data=stored)
        other.advocate.choices = self.advocate.choices
        return other


class ClosureForm(Form):
    reason = CodeRadios("Why does the case close?", "closure_reason", required="Choose why")
    on = DateParts("Date", required="Enter the date", not_future=True)
    harm_reduced = YesNo("Has the harm stopped or become less?")
    note = TextArea("What should be known if they come back?", limit=5000)


class SearchForm(Form):
    """Sent by POST, so that a name is in no address, history or log."""

    text = TextLine("Name or reference", limit=80, required="Enter a part of a name")
