"""What is opened of a case to see what is missing from it."""

from dataclasses import dataclass, field
from datetime import date

from caseapp.cases.models import CaseHead
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.marac.models import MaracHead
from caseapp.people.models import PersonBody, PersonHead
from caseapp.perpetrators.models import PerpetratorHead


@dataclass(frozen=True, slots=True, repr=False)
class QualityRecord:
    """One case as it is stored now, on the day on which it is looked at."""

    day: date
    risk_level: str
    head: CaseHead
    person: PersonHead
    about_person: PersonBody
    has_needs: bool = True  # a need, or that there is none, was written down
    is_judged: bool = True
    has_plan: bool = True
    incidents: list[tuple[IncidentHead, IncidentBody]] = field(default_factory=list)
    marac: list[MaracHead] = field(default_factory=list)
    alleged: list[PerpetratorHead] = field(default_factory=list)
