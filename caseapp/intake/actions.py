"""Taking a person into the service: person, needs, case and first judgement in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from caseapp.access.actors import Actor
from caseapp.cases import actions
from caseapp.cases.models import Case, CaseBody, CaseHead
from caseapp.people import actions as people_actions
from caseapp.people.models import FlagBody, FlagHead, FlagStep, PersonBody, PersonHead
from caseapp.perpetrators.conflict import check_client
from caseapp.risk.actions import judge_risk
from caseapp.risk.models import RiskHead


@dataclass(frozen=True)
class Arrival:
    """Everything that is known when somebody comes to the service."""

    person: PersonHead
    details: PersonBody
    needs: tuple[FlagHead, ...]
    case: CaseHead
    told: CaseBody
    service: str
    risk_level: str
    risk_reasons: str


def take_in(
    case_id: UUID, arrival: Arrival, *, team_id: UUID, advocate_id: UUID | None, by: Actor
) -> Case:
    """The open case, whose id is the one that the form was shown with."""
    person = people_actions.create_person(uuid4(), arrival.person, arrival.details)
    for need in arrival.needs:
        step = FlagStep(
            on=need.raised_on, what="raised", status=need.status, source="worker", by=by.user_id
        )
        people_actions.raise_flag(uuid4(), person, need, FlagBody(steps=(step,)))
    case = actions.create_case(
        case_id,
        person,
        head=arrival.case,
        body=arrival.told,
        service=arrival.service,
        risk_level=arrival.risk_level,
        team_id=team_id,
        advocate_id=advocate_id,
        by=by,
    )
    risk = RiskHead(judged_on=arrival.case.opened_on, level=arrival.risk_level)
    judge_risk(uuid4(), case, risk, arrival.risk_reasons, by)
    check_client(case, by)
    return case


def slcn_needs(codes: Iterable[str], status: str, since: CaseHead) -> tuple[FlagHead, ...]:
    return tuple(
        FlagHead(list_name="slcn", code=code, status=status, raised_on=since.opened_on)
        for code in codes
    )
