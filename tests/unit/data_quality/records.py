"""A case that holds everything, to take one thing away from at a time."""

from datetime import date
from typing import Any
from uuid import uuid4

from caseapp.cases.models import CaseHead
from caseapp.data_quality.record import QualityRecord
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.marac.models import MaracHead
from caseapp.people.models import PersonBody, PersonHead, SafeContact
from caseapp.perpetrators.models import PerpetratorHead

DAY = date(2026, 11, 20)
HEAD = CaseHead(
    reference="ABCD-EFGH", themes=("domestic_abuse",), opened_on=date(2026, 10, 1),
    referral_source="police", first_contact_on=date(2026, 10, 2),
)  # fmt: skip
PERSON = PersonHead(
    given_name="Zalika", date_of_birth=date(1990, 3, 27), sex="female", ethnicity="black_caribbean",
    ward="E05009394", residence="in_borough",
)  # fmt: skip
ABOUT = PersonBody(first_language="English", safe_contact=SafeContact(phone="07700 900123"))
INCIDENT = IncidentHead(
    happened_on=DAY, offence="rape", ward="E05009394", reported_to_police=True, outcome="14",
)  # fmt: skip
INCIDENT_BODY = IncidentBody(victim_told=True)
MARAC = MaracHead(
    referred_on=DAY, criteria=("visible_high_risk",), is_repeat=False, perpetrator_id=uuid4(),
    violence_types=("physical",),
)  # fmt: skip
ALLEGED = PerpetratorHead(
    is_known=True, recorded_on=DAY, date_of_birth=date(1988, 1, 2), sex="male",
    ethnicity="white_british", relationship="married",
)  # fmt: skip


def whole(**changes: Any) -> QualityRecord:
    """With `changes` in place of what it has."""
    parts: dict[str, Any] = {
        "day": DAY, "risk_level": "high", "head": HEAD, "person": PERSON, "about_person": ABOUT,
        "incidents": [(INCIDENT, INCIDENT_BODY)], "marac": [MARAC], "alleged": [ALLEGED],
    }  # fmt: skip
    return QualityRecord(**parts | changes)
