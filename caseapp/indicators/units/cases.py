"""A case as it stood on a day: who the person is, what they need, and how far support has come.

Who somebody is (theme, sex, ethnic group, ward, residence, source) is counted as the record says
today: a correction corrects the next edition. What has dates is counted as it stood on that day.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from caseapp.indicators.catalogue import CASES, Unit
from caseapp.indicators.dimensions import category
from caseapp.indicators.record import CaseRecord, Judgement
from caseapp.indicators.units.counted import Counted, local_day, one, some
from caseapp.people.models import FlagHead
from caseapp.people.rules import age_on, has_slcn, is_disabled
from caseapp.reference import code_list
from caseapp.referrals.models import ACCEPTED, WAITING, ReferralHead

NOT_KNOWN, NOT_JUDGED, STILL_OPEN = "not_known", "not_judged", "still_open"
NOT_RECORDED = "not_recorded"
HEALTH_NEED = "health_need"  # a code of the list other_need


class Ending(NamedTuple):
    """How a case had ended by a day."""

    on: date
    reason: str
    risk: str


def count_case(record: CaseRecord, until: date) -> Counted:
    """The case itself."""
    return Counted(CASES, record.head.opened_on, case_unit(record, until))


def case_unit(record: CaseRecord, until: date) -> Unit:
    """Every dimension of a case, as it stood at the end of that day."""
    return {**_who(record), **_needs(record, until), **_course(record, until)}


def _who(record: CaseRecord) -> Unit:
    head, person = record.head, record.person
    return {
        "theme": some(head.themes),
        "age_band": one(age_band(person.date_of_birth, head.opened_on)),
        "sex": one(person.sex),
        "ethnicity": one(category("ethnicity", person.ethnicity)),
        "ward": one(person.ward),
        "residence": one(person.residence),
        "source": one(head.referral_source),
    }


def _needs(record: CaseRecord, until: date) -> Unit:
    flags = flags_on(record.flags, until)
    disabled = is_disabled(flags)
    healthy = not disabled and all(flag.code != HEALTH_NEED for flag in flags)
    return {
        "disability": one("disabled" if disabled else NOT_RECORDED),
        "slcn": one("slcn" if has_slcn(flags) else NOT_RECORDED),
        "health": one(NOT_RECORDED if healthy else "health"),
        "needs_met": one(_needs_met(flags, record.referrals, until)),
    }


def _course(record: CaseRecord, until: date) -> Unit:
    ending = ending_on(record, until)
    contacted = record.head.first_contact_on
    planned = any(local_day(moment) <= until for moment in record.plans_since)
    known = any(each.is_known and each.recorded_on <= until for each in record.alleged)
    return {
        "first_contact": one("made" if contacted and contacted <= until else "not_made"),
        "plan": one("written" if planned else "none"),
        "risk_at_intake": one(_first_level(record.risk, until)),
        "risk_at_closure": one(ending.risk if ending else STILL_OPEN),
        "ending": one(category("ending", ending.reason) if ending else STILL_OPEN),
        "suspect": one("recorded" if known else NOT_RECORDED),
    }


def age_band(born: date | None, day: date) -> str:
    """The code of the band on that day, not_known without a date of birth."""
    if born is None:
        return NOT_KNOWN
    age = age_on(born, day)
    for band in code_list("age_band").entries:
        least = band.attributes.get("min")
        if least and int(least) <= age <= int(band.attributes.get("max", age)):
            return band.code
    return NOT_KNOWN


def flags_on(flags: Sequence[FlagHead], day: date) -> list[FlagHead]:
    """The needs of that day: raised by then, and not ended yet, even if they have ended since."""
    return [
        replace(flag, ended_on=None)
        for flag in flags
        if flag.code != "none"
        and flag.raised_on <= day
        and (flag.ended_on is None or flag.ended_on > day)
    ]


def decision_on(referral: ReferralHead, day: date) -> str:
    """What the agency had decided by then. A decision without a day is as old as the referral."""
    decided = referral.decided_on or referral.made_on
    return referral.decision if decided <= day else WAITING


def ending_on(record: CaseRecord, day: date) -> Ending | None:
    """The closure that stood on that day, also one that was opened again later."""
    head, body = record.head, record.body
    if head.closed_on and head.closed_on <= day:
        return _ending(record, head.closed_on, head.closure_reason, body.risk_at_closure)
    for past in body.earlier_closures:
        if past.closed_on <= day < past.reopened_on:
            return _ending(record, past.closed_on, past.reason, past.risk_level)
    return None


def _ending(record: CaseRecord, on: date, reason: str, risk: str) -> Ending:
    """Where closing did not ask for the risk, it is the last one that was judged before."""
    return Ending(on, reason, risk or _last_level(record.risk, on))


def _first_level(risk: Sequence[Judgement], day: date) -> str:
    return next((each.level for each in risk if each.on <= day), NOT_JUDGED)


def _last_level(risk: Sequence[Judgement], day: date) -> str:
    return next((each.level for each in reversed(risk) if each.on <= day), NOT_JUDGED)


def _needs_met(flags: Sequence[FlagHead], referrals: Sequence[ReferralHead], until: date) -> str:
    """A service is matched once one that the person was referred to has accepted them."""
    if not flags:
        return "none_found"
    made = [each for each in referrals if each.made_on <= until]
    accepted = any(decision_on(each, until) == ACCEPTED for each in made)
    return "matched" if accepted else "not_matched"
