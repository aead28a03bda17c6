"""One opened case, with everything of it that is counted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from caseapp.cases.models import CaseBody, CaseHead
from caseapp.households.models import ChildHead
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.marac.models import MaracHead
from caseapp.people.models import FlagHead, PersonHead
from caseapp.perpetrators.models import PerpetratorHead, ProgrammeHead
from caseapp.referrals.models import ReferralHead


class Opened(NamedTuple):
    """The documents of one row; the body is None where no count asks for it."""

    id: UUID
    head: Any
    body: Any


class Judgement(NamedTuple):
    """A level of risk, whichever way it was judged."""

    on: date
    written_at: datetime
    level: str


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """What is known of one case today. What was known on an earlier day, its dates tell."""

    service: str
    head: CaseHead
    body: CaseBody
    person: PersonHead
    flags: tuple[FlagHead, ...]
    children: tuple[tuple[UUID, ChildHead], ...]
    incidents: tuple[tuple[IncidentHead, IncidentBody], ...]
    risk: tuple[Judgement, ...]  # the oldest first
    plans_since: tuple[datetime, ...]  # when the first version of each plan was written
    alleged: tuple[PerpetratorHead, ...]
    marac: tuple[MaracHead, ...]
    referrals: tuple[ReferralHead, ...]
    programmes: tuple[ProgrammeHead, ...]
