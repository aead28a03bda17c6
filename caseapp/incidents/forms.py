"""The form of an incident."""

from datetime import date

from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.web.forms import (
    CodeCheckboxes,
    CodeRadios,
    CodeSelect,
    DateParts,
    Form,
    TextArea,
    TextLine,
    YesNo,
)


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
