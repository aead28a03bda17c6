"""What the count knows of one case: codes alone, without a name, a date or a word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseapp.cases.models import CaseHead
from caseapp.incidents.models import IncidentHead
from caseapp.people.models import FlagHead, PersonHead
from caseapp.people.rules import age_on, is_disabled
from caseapp.reference import code_list

NOT_KNOWN = "not_known"
NOT_REPORTED = "not_reported"
NEEDS = ("slcn", "disability", "communication_need", "other_need")


@dataclass(frozen=True)
class CaseFacts:
    """One case as the tables see it."""

    themes: tuple[str, ...]
    age_band: str
    sex: str
    ethnicity: str
    ward: str
    needs: tuple[str, ...]
    outcomes: tuple[str, ...]  # one for each incident


def facts_of(
    case: CaseHead,
    person: PersonHead,
    flags: Iterable[FlagHead],
    incidents: Iterable[IncidentHead],
    until: date,
) -> CaseFacts:
    """The facts at the end of the period; what happened after it is not counted."""
    living = [flag for flag in flags if _is_living(flag, until)]
    return CaseFacts(
        themes=case.themes,
        age_band=age_band(person.date_of_birth, case.opened_on),
        sex=person.sex,
        ethnicity=ethnicity_group(person.ethnicity),
        ward=person.ward,
        needs=tuple(need for need in NEEDS if _has(need, living)),
        outcomes=tuple(
            outcome_of(incident) for incident in incidents if incident.happened_on <= until
        ),
    )


def age_band(born: date | None, day: date) -> str:
    """The code of the band, not_known without a date of birth."""
    if born is None:
        return NOT_KNOWN
    age = age_on(born, day)
    for entry in code_list("age_band").entries:
        if int(entry.attributes["min"]) <= age <= int(entry.attributes.get("max", age)):
            return entry.code
    return NOT_KNOWN


def ethnicity_group(code: str) -> str:
    """One of the five groups of the Census, or unknown."""
    entry = code_list("ethnicity").by_code.get(code)
    return entry.group if entry and entry.group else "unknown"


def outcome_of(incident: IncidentHead) -> str:
    if incident.reported_to_police is False:
        return NOT_REPORTED
    return incident.outcome or NOT_KNOWN


def _is_living(flag: FlagHead, until: date) -> bool:
    return flag.raised_on <= until and (flag.ended_on is None or flag.ended_on > until)


def _has(need: str, flags: list[FlagHead]) -> bool:
    """Disabled means a lasting condition that limits: the harmonised definition."""
    if need == "disability":
        return is_disabled(flags)
    return any(flag.list_name == need for flag in flags)
