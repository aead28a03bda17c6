"""The forms of incidents: what happened, what the law did about it, and the person's rights."""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from caseapp.clock import now
from caseapp.incidents.models import IncidentBody, IncidentHead, OutcomeStep, RightStep
from caseapp.incidents.rules import (
    why_conviction_is_wrong,
    why_outcome_is_wrong,
    why_telling_is_wrong,
)
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
    YesNo,
)

Problem = tuple[str, str]


class WhatHappenedForm(Form):
    """What was done to the person."""

    happened_on = DateParts("When did it happen?", required="Enter a date", not_future=True)
    offence = CodeSelect("What was it?", "offence", required="Choose what it was")
    is_domestic = YesNo("Was it domestic abuse?", required="Choose yes or no")
    place_type = CodeSelect("What kind of place?", "place_type")
    ward = CodeSelect("Ward", "ward", required="Choose a ward, or not known")
    weapon = CodeSelect("Weapon", "weapon")
    injury = CodeRadios("Injury", "injury")
    hospital = YesNo("Did they go to hospital?")
    perpetrator = ChoiceSelect("Who is said to have done it?", [])
    description = TextArea("What happened?", limit=10_000, rows=6)
    source = TextLine("Who told us?", limit=200)
    reported_to_police = YesNo("Was it reported to the police?")
    crime_number = TextLine("Crime number", limit=40, width="10")

    def offer(self, alleged: list[tuple[str, str]]) -> None:
        """Alleged perpetrators to choose from; without any, the question is not asked."""
        if alleged:
            self.perpetrator.choices = alleged
        else:
            del self.perpetrator

    def perpetrator_id(self) -> UUID | None:
        chosen = self["perpetrator"].data if "perpetrator" in self else None
        return UUID(chosen) if chosen else None

    def facts_of_head(self) -> dict[str, Any]:
        return {
            "happened_on": self.happened_on.data,
            "offence": self.offence.data,
            "ward": self.ward.data,
            "place_type": self.place_type.data or "",
            "is_domestic": self.is_domestic.data,
            "reported_to_police": self.reported_to_police.data,
        } | ({"perpetrator_id": self.perpetrator_id()} if "perpetrator" in self else {})

    def facts_of_body(self) -> dict[str, Any]:
        return {
            "description": self.description.data,
            "source": self.source.data,
            "weapon": self.weapon.data or "",
            "injury": self.injury.data or "",
            "hospital": self.hospital.data,
            "crime_number": self.crime_number.data,
        }

    @staticmethod
    def stored(head: IncidentHead, body: IncidentBody) -> dict[str, object]:
        """The answers of a stored incident, by the names of this form."""
        known = {
            name: getattr(part, name) for part in (head, body) for name in part.__struct_fields__
        }
        return known | {"perpetrator": str(head.perpetrator_id or "")}

    def problem_with_facts(self, born: date | None) -> Problem | None:
        """(field, message) where two answers cannot both be true."""
        if born and self.happened_on.data < born:
            return "happened_on", "The incident cannot be before the person was born"
        if self.crime_number.data and self.reported_to_police.data is False:
            return "crime_number", "There can be no crime number if it was not reported"
        return None


class CorrectionForm(WhatHappenedForm):
    """Mend a mistake in what happened. The outcome has steps of its own."""

    def problems_together(self, born: date | None, newest: IncidentHead) -> Problem | None:
        return self.problem_with_facts(born) or self._problem_with_outcome(newest)

    def _problem_with_outcome(self, newest: IncidentHead) -> Problem | None:
        if newest.outcome and self.reported_to_police.data is False:
            return "reported_to_police", "There is an outcome, so it was reported to the police"
        if newest.outcome_on and newest.outcome_on < self.happened_on.data:
            return "happened_on", "The incident cannot be after its outcome"
        return None


class OutcomeQuestions(Form):
    """What the law did about it, and whether the person knows."""

    outcome = CodeSelect("Criminal-justice outcome", "criminal_justice_outcome")
    outcome_on = DateParts("Date of the outcome", not_future=True)
    said_by = CodeSelect("Who told us the outcome?", "outcome_source")
    no_outcome_reasons = CodeCheckboxes("If there is no outcome, why?", "no_outcome_reason")
    victim_told = YesNo("Has the person been told the outcome?")
    victim_told_on = DateParts("When were they told?", not_future=True)
    ask_again_on = DateParts("When will you ask the police again?", not_past=True)

    def step(self, by: UUID) -> OutcomeStep:
        return OutcomeStep(
            id=self.record_id.data,
            at=now(),
            by=by,
            outcome=self.outcome.data or "",
            outcome_on=self.outcome_on.data,
            said_by=self.said_by.data or "",
            no_outcome_reasons=tuple(self.no_outcome_reasons.data or ()),
            victim_told=self.victim_told.data,
            victim_told_on=self.victim_told_on.data,
        )

    def says_something(self) -> bool:
        asked = (self.outcome, self.outcome_on, self.no_outcome_reasons, self.victim_told)
        return any(not field.is_blank() for field in asked)

    @staticmethod
    def problem_with_outcome(
        step: OutcomeStep, happened_on: date, reported: bool | None
    ) -> Problem | None:
        if step.outcome_on and not step.outcome:
            return "outcome", "There is a date of the outcome: choose the outcome"
        return why_outcome_is_wrong(
            happened_on=happened_on,
            reported=reported,
            outcome=step.outcome,
            outcome_on=step.outcome_on,
            reasons=step.no_outcome_reasons,
        ) or why_telling_is_wrong(step.victim_told, step.victim_told_on, happened_on)


class IncidentForm(WhatHappenedForm, OutcomeQuestions):
    """A new incident, with the outcome where it is known already."""

    def problems_together(self, born: date | None, by: UUID) -> Problem | None:
        return self.problem_with_facts(born) or self.problem_with_outcome(
            self.step(by), self.happened_on.data, self.reported_to_police.data
        )


class OutcomeForm(OutcomeQuestions):
    """The next step of the outcome. The ones before it stay, and so does what is left empty."""

    convicted_on = DateParts("If somebody was convicted, on which day?", not_future=True)
    note = TextArea("Anything else about it?", limit=2000, rows=3)
    corrects_last = Confirm("The entry before this one was a mistake")

    def step(self, by: UUID) -> OutcomeStep:
        return replace(
            super().step(by),
            convicted_on=self.convicted_on.data,
            note=self.note.data,
            corrects_last=bool(self.corrects_last.data),
        )

    def says_something(self) -> bool:
        return super().says_something() or not self.convicted_on.is_blank()

    def problems_together(self, head: IncidentHead, step: OutcomeStep) -> Problem | None:
        """`step`: the answers, with what they leave open as it stood before."""
        if not self.says_something():
            return "outcome", "Choose the outcome, or why there is none, or whether they were told"
        return self.problem_with_outcome(
            step, head.happened_on, head.reported_to_police
        ) or why_conviction_is_wrong(step, head.happened_on)


class RightsForm(Form):
    """Where rights under the Victims' Code stand; several at once."""

    rights = CodeCheckboxes(
        "Which rights?", "victims_code_right", required="Choose at least one right"
    )
    standing = CodeRadios(
        "Where do they stand?", "right_standing", required="Choose where they stand"
    )
    on = DateParts("Date", required="Enter the date", not_future=True)
    note = TextArea("Anything to add?", limit=2000, rows=2)

    def steps(self, by: UUID) -> tuple[RightStep, ...]:
        at = now()
        return tuple(
            RightStep(
                sent_with=self.record_id.data,
                right=code,
                standing=self.standing.data,
                on=self.on.data,
                at=at,
                by=by,
                note=self.note.data,
            )
            for code in self.rights.data
        )


def changed_answers(before: Form, after: Form) -> tuple[tuple[str, str], ...]:
    """(question, earlier answer in words) of what two versions of a form differ in."""
    return tuple(
        (old.words, old.read_back() or "Not recorded")
        for old, new in zip(before.answers(), after.answers(), strict=True)
        if old.read_back() != new.read_back()
    )
