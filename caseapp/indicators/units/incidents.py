"""The incidents of a case that had happened by a day, and what the law had done about them then."""

from collections.abc import Iterator, Sequence
from datetime import date

from caseapp.incidents.models import IncidentBody, IncidentHead, OutcomeStep
from caseapp.incidents.rules import corrected_steps, is_detection
from caseapp.indicators.catalogue import Unit
from caseapp.indicators.record import CaseRecord
from caseapp.indicators.units.counted import Counted, group_of, local_day, one, says, some

NOT_REPORTED, NOT_KNOWN, WAITING = "not_reported", "not_known", "0"
UNHURT = frozenset({"", "none", "not_known"})
Standing = tuple[str, frozenset[str]]  # outcome, reasons why there is none


def count_incidents(record: CaseRecord, case: Unit, until: date) -> Iterator[Counted]:
    for head, body in record.incidents:
        if head.happened_on <= until:
            since = max(record.head.opened_on, head.happened_on)
            yield Counted("incidents", since, {**case, **_own(head, body, until)})


def _own(head: IncidentHead, body: IncidentBody, until: date) -> Unit:
    outcome, reasons = outcome_on(head, body, until)
    return {
        "offence": one(head.offence),
        "place": one(head.ward),
        "harm": one(_harm(head)),
        "knife_injury": one("yes" if _is_knife_injury(body) else "no"),
        "outcome": one(outcome),
        "reason": frozenset() if is_detection(outcome) else reasons,
        "reason_recorded": one(_reason_recorded(outcome, reasons)),
    }


def outcome_on(head: IncidentHead, body: IncidentBody, day: date) -> Standing:
    """The criminal-justice outcome as it stood on that day, and the reasons why there was none.

    An outcome counts from the day on which it was given; whatever else a step says, from the day
    on which it was written down. Steps that were mistakes never count.
    """
    found = _last_step(body.steps, day) if body.steps else _told_at_once(head, body, day)
    outcome, reasons = found or ("", frozenset())
    if head.reported_to_police is False:
        return NOT_REPORTED, reasons
    return outcome or (WAITING if head.reported_to_police else NOT_KNOWN), reasons


def _last_step(steps: Sequence[OutcomeStep], day: date) -> Standing | None:
    mistakes, before, found = corrected_steps(steps), "", None
    for place, step in enumerate(steps):
        if place in mistakes:
            continue
        given = step.outcome_on if step.outcome != before else None
        if (given or local_day(step.at)) <= day:
            found = step.outcome, some(step.no_outcome_reasons)
        before = step.outcome
    return found


def _told_at_once(head: IncidentHead, body: IncidentBody, day: date) -> Standing | None:
    """An incident that came with its outcome, without steps."""
    if head.outcome_on and head.outcome_on > day:
        return None
    return head.outcome, some(body.no_outcome_reasons)


def _reason_recorded(outcome: str, reasons: frozenset[str]) -> str:
    """A detection asks for no reason, and neither does a case that the police still work on."""
    if is_detection(outcome):
        return "detected"
    if reasons:
        return "recorded"
    return "waiting" if outcome == WAITING else "missing"


def _harm(head: IncidentHead) -> str:
    if says("offence", head.offence, "assault"):
        return "assault_domestic" if head.is_domestic else "assault_not_domestic"
    return "robbery" if group_of("offence", head.offence) == "robbery" else "other"


def _is_knife_injury(body: IncidentBody) -> bool:
    return group_of("weapon", body.weapon) == "blade" and body.injury not in UNHURT
