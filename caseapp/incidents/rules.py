"""Pure decisions about an incident: what of its outcome is missing, and which rights are due."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from caseapp.incidents.models import IncidentBody, IncidentHead, OutcomeStep, RightStep
from caseapp.reference import UnknownCode, code_list, entry, label_of

WAITING = ("", "0")  # no outcome is known, or none is assigned yet
CHARGED = "1"
NOT_WANTED = "not_wanted"
OUTCOME_NEWS = "outcome_news"  # the right to be told the outcome
NOT_REPORTED = "not_reported"  # a reason why there is no outcome

Problem = tuple[str, str]  # (field, message)


def has_outcome(code: str) -> bool:
    """An outcome that the law assigned, of whichever kind."""
    return code not in WAITING


def is_detection(code: str) -> bool:
    try:
        return entry("criminal_justice_outcome", code).attributes.get("detection") == "yes"
    except UnknownCode:
        return False


def outcome_is_missing(head: IncidentHead, body: IncidentBody) -> bool:
    """Reported to the police, and neither an outcome nor a reason why there is none."""
    known = has_outcome(head.outcome) or body.no_outcome_reasons
    return head.reported_to_police is True and not known


def outcome_is_untold(
    head: IncidentHead, body: IncidentBody, rights: Mapping[str, RightStep]
) -> bool:
    """There is an outcome and the person has not been told, though they never said no to that."""
    step = rights.get(OUTCOME_NEWS)
    refused = step is not None and step.standing == NOT_WANTED
    return has_outcome(head.outcome) and body.victim_told is not True and not refused


def corrected_steps(steps: Sequence[OutcomeStep]) -> frozenset[int]:
    """Places of the steps that a later one corrects; `steps` the oldest first."""
    return frozenset(place for place, after in enumerate(steps[1:]) if after.corrects_last)


def carried_over(steps: Sequence[OutcomeStep], answer: OutcomeStep) -> OutcomeStep:
    """What an answer leaves open is as it stood before it, or before the mistake that it mends."""
    before = _stood_before(steps, answer)
    if before is None:
        return answer
    outcome = answer.outcome or before.outcome
    if outcome != before.outcome:  # all of these are of one outcome alone
        before = replace(
            before, outcome_on=None, convicted_on=None, victim_told=None, victim_told_on=None
        )
    reasons = () if is_detection(outcome) else before.no_outcome_reasons
    told = before.victim_told if answer.victim_told is None else answer.victim_told
    told_on = before.victim_told_on if told == before.victim_told else None
    return replace(
        answer,
        outcome=outcome,
        outcome_on=answer.outcome_on or before.outcome_on,
        no_outcome_reasons=answer.no_outcome_reasons or reasons,
        victim_told=told,
        victim_told_on=answer.victim_told_on or told_on,
        convicted_on=answer.convicted_on or before.convicted_on,
    )


def _stood_before(steps: Sequence[OutcomeStep], answer: OutcomeStep) -> OutcomeStep | None:
    """The step before the answer, without those that were mistakes."""
    standing: list[OutcomeStep] = []
    for step in (*steps, answer):
        if step.corrects_last and standing:
            standing.pop()
        standing.append(step)
    return standing[-2] if len(standing) > 1 else None


def newest_standings(steps: Iterable[RightStep]) -> dict[str, RightStep]:
    """The last step of each right, by its code."""
    return {step.right: step for step in steps}


def rights_due(head: IncidentHead | None) -> tuple[str, ...]:
    """Codes of the rights that count by now. None: of a case as a whole, without an incident."""
    reached = {"start"}
    if head and head.reported_to_police:
        reached.add("report")
        reached |= {"outcome"} if has_outcome(head.outcome) else set()
        reached |= {"charge"} if head.outcome == CHARGED else set()
        reached |= {"conviction"} if head.convicted_on else set()
    return tuple(
        right.code
        for right in code_list("victims_code_right").active
        if right.attributes.get("due") in reached
    )


def rights_missing(head: IncidentHead | None, steps: Iterable[RightStep]) -> tuple[str, ...]:
    """Codes of the rights that count by now and of which nothing is recorded."""
    known = newest_standings(steps)
    return tuple(code for code in rights_due(head) if code not in known)


def why_outcome_is_wrong(
    *,
    happened_on: date,
    reported: bool | None,
    outcome: str,
    outcome_on: date | None,
    reasons: Sequence[str],
) -> Problem | None:
    """(field, message) where an outcome cannot be."""
    if outcome_on and outcome_on < happened_on:
        return "outcome_on", "The outcome cannot be before the incident"
    if outcome and reported is False:
        return "outcome", "There can be no outcome if it was not reported to the police"
    if reasons and is_detection(outcome):
        return "no_outcome_reasons", "Choose an outcome against a suspect, or why there was none"
    if NOT_REPORTED in reasons and reported:
        return "no_outcome_reasons", "It was reported to the police: take away “Not reported”"
    return None


def why_conviction_is_wrong(step: OutcomeStep, happened_on: date) -> Problem | None:
    if step.convicted_on and step.outcome != CHARGED:
        words = label_of("criminal_justice_outcome", CHARGED)
        return "outcome", f"There is a conviction: choose “{words}”"
    if step.convicted_on and step.convicted_on < (step.outcome_on or happened_on):
        return "convicted_on", "The conviction cannot be before the incident or the outcome"
    return None


def why_telling_is_wrong(
    told: bool | None, told_on: date | None, happened_on: date
) -> Problem | None:
    if told_on and not told:
        return "victim_told", "There is a date on which the person was told: choose yes"
    if told_on and told_on < happened_on:
        return "victim_told_on", "The person cannot have been told before the incident"
    return None
