"""Inventing how an outcome came to be known step by step, and which rights were kept."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from caseapp.demo.borough import Weights, pick
from caseapp.demo.lives import CaseTold, IncidentTold
from caseapp.demo.work_told import OutcomeStepTold, RightTold
from caseapp.incidents.models import IncidentHead
from caseapp.incidents.rules import has_outcome, rights_due

# Ours, all of them.
SAID_BY: Weights = {"police_officer": 0.5, "person": 0.2, "police_letter": 0.14,
                    "witness_care": 0.1, "court": 0.06}  # fmt: skip
STANDINGS: Weights = {"met": 0.55, "offered": 0.25, "not_met": 0.12, "not_wanted": 0.08}
RIGHTS_ASKED = 0.4  # of incidents that were reported
ASKS_AGAIN = 0.5  # of those still without an outcome, in a case that is open


def follow_incidents(rng: Random, told: CaseTold, *, rich: bool) -> tuple[IncidentTold, ...]:
    """Each incident with its course, as far as the last day. Nobody asks again once it is closed;
    who did it is set down where the case has recorded somebody."""
    known = any(alleged.recorded for alleged in told.alleged)
    last = told.closed.on if told.closed else told.until
    return tuple(
        replace(
            incident,
            steps=tuple(_steps(rng, incident, last)),
            rights=tuple(_rights(rng, incident, max(last, incident.on), rich=rich)),
            ask_again_on=_ask_again(rng, told, incident, rich=rich),
            by_alleged=known and (rich or rng.random() < 0.8),
        )
        for incident in told.incidents
    )


def _steps(rng: Random, incident: IncidentTold, last: date) -> Iterator[OutcomeStepTold]:
    """Reported and waiting, then the outcome; or only why there is none."""
    soon = incident.on + timedelta(days=rng.randint(1, 4))
    known_on = incident.outcome_on or max(incident.on, min(last, soon))
    if incident.outcome_on and known_on > incident.on + timedelta(days=4):
        yield OutcomeStepTold(on=soon, outcome="0", said_by="police_officer")
    if incident.outcome or incident.no_outcome_reasons:
        yield OutcomeStepTold(
            on=known_on,
            outcome=incident.outcome,
            outcome_on=incident.outcome_on,
            said_by=pick(rng, SAID_BY) if incident.outcome else "",
            no_outcome_reasons=incident.no_outcome_reasons,
            victim_told=incident.victim_told,
            victim_told_on=known_on if incident.victim_told else None,
        )


def _rights(rng: Random, incident: IncidentTold, last: date, *, rich: bool) -> Iterator[RightTold]:
    if not incident.reported or not (rich or rng.random() < RIGHTS_ASKED):
        return
    head = IncidentHead(
        happened_on=incident.on, offence=incident.offence, reported_to_police=True,
        outcome=incident.outcome,
    )  # fmt: skip
    for right in rights_due(head):
        if rng.random() < 0.75:
            on = min(last, incident.on + timedelta(days=rng.randint(2, 40)))
            yield RightTold(right=right, standing=pick(rng, STANDINGS), on=on)


def _ask_again(rng: Random, told: CaseTold, incident: IncidentTold, *, rich: bool) -> date | None:
    waits = incident.reported and not has_outcome(incident.outcome) and told.closed is None
    if not waits or not (rich or rng.random() < ASKS_AGAIN):
        return None
    return told.until + timedelta(days=rng.randint(-3, 28))
