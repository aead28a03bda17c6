"""What was told of harm, as rows: who is said to have done it, incidents, rights, risk."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

from caseapp.cases.models import Case
from caseapp.demo.lives import AllegedTold, CaseTold, IncidentTold, RiskTold
from caseapp.demo.work_records import at
from caseapp.demo.work_told import OutcomeStepTold
from caseapp.incidents.models import (
    Incident,
    IncidentBody,
    IncidentHead,
    OutcomeStep,
    RightsHead,
    RightsRecord,
    RightStep,
)
from caseapp.perpetrators.models import (
    AllegedPerpetrator,
    Fact,
    PerpetratorBody,
    PerpetratorHead,
    ProgrammeBody,
    ProgrammeHead,
    ProgrammeReferral,
)
from caseapp.perpetrators.rules import facts_after
from caseapp.risk.models import (
    DashBody,
    DashHead,
    DashResult,
    RiskBody,
    RiskHead,
    RiskJudgement,
    YouthBody,
    YouthHead,
    YouthJudgement,
)
from caseapp.risk.rules import DASH, YOUTH, is_lower


def perpetrator_rows(
    told: CaseTold, case: Case, author: UUID
) -> Iterator[tuple[AllegedPerpetrator, ProgrammeReferral | None]]:
    """Whoever is recorded, with the programme that was offered to them."""
    for alleged in told.alleged:
        if alleged.recorded:
            row = _perpetrator(alleged, told.opened, case, author)
            yield row, _programme(alleged, row)


def incident_rows(
    told: CaseTold, case: Case, author: UUID, perpetrator_id: UUID | None
) -> Iterator[tuple[Incident, RightsRecord | None]]:
    for incident in told.incidents:
        row = _incident(incident, case, author, perpetrator_id, told.referred_by)
        yield row, _rights(incident, row)


def risk_rows(told: CaseTold, case: Case, author: UUID) -> Iterator[object]:
    for judged in told.risk:
        make = {DASH: _dash, YOUTH: _youth}.get(judged.how, _judgement)
        yield make(judged, case.id, author)


def _perpetrator(told: AllegedTold, on: date, case: Case, by: UUID) -> AllegedPerpetrator:
    head = PerpetratorHead(
        is_known=told.known,
        recorded_on=on,
        given_name=told.given_name,
        family_name=told.family_name,
        date_of_birth=told.date_of_birth,
        sex=told.sex,
        relationship=told.relationship,
        standing=told.standing,
        violence_types=told.violence_types,
    )
    said = [
        Fact(
            id=uuid4(), what=fact.what, text=fact.text, source=fact.source,
            confidence=fact.confidence, noted_on=fact.on, by=by,
        )
        for fact in told.facts
    ]  # fmt: skip
    details = facts_after((), head, "person", "likely", by, on)
    return AllegedPerpetrator(
        id=uuid4(),
        case_id=case.id,
        author_id=by,
        head=head,
        body=PerpetratorBody(facts=(*details, *said)),
    )


def _programme(told: AllegedTold, row: AllegedPerpetrator) -> ProgrammeReferral | None:
    programme = told.programme
    if programme is None:
        return None
    return ProgrammeReferral(
        case_id=row.case_id,
        perpetrator_id=row.id,
        author_id=row.author_id,
        head=ProgrammeHead(
            offered_on=programme.offered_on,
            result=programme.result,
            victim_support=programme.victim_support,
            result_on=programme.result_on,
            supported_since=programme.supported_since,
        ),
        body=ProgrammeBody(
            programme=programme.programme,
            supported_by=programme.supported_by,
            why_not_supported=programme.why_not_supported,
        ),
    )


def _incident(
    told: IncidentTold, case: Case, by: UUID, perpetrator_id: UUID | None, source: str
) -> Incident:
    steps = tuple(_step(step, by) for step in told.steps)
    last = steps[-1] if steps else None
    return Incident(
        id=uuid4(),
        case_id=case.id,
        author_id=by,
        head=IncidentHead(
            happened_on=told.on,
            offence=told.offence,
            ward=told.ward,
            place_type=told.place_type,
            is_domestic=told.domestic,
            reported_to_police=told.reported,
            outcome=told.outcome,
            outcome_on=told.outcome_on,
            ask_again_on=told.ask_again_on,
            perpetrator_id=perpetrator_id if told.by_alleged else None,
        ),
        body=IncidentBody(
            description=told.description,
            source=source,
            weapon=told.weapon,
            injury=told.injury,
            hospital=told.hospital,
            crime_number=told.crime_number,
            no_outcome_reasons=told.no_outcome_reasons,
            victim_told=told.victim_told,
            victim_told_on=last.victim_told_on if last else None,
            steps=steps,
        ),
    )


def _step(told: OutcomeStepTold, by: UUID) -> OutcomeStep:
    return OutcomeStep(
        id=uuid4(),
        at=at(told.on),
        by=by,
        outcome=told.outcome,
        outcome_on=told.outcome_on,
        said_by=told.said_by,
        no_outcome_reasons=told.no_outcome_reasons,
        victim_told=told.victim_told,
        victim_told_on=told.victim_told_on,
    )


def _rights(told: IncidentTold, row: Incident) -> RightsRecord | None:
    if not told.rights:
        return None
    sent = uuid4()
    steps = tuple(
        RightStep(
            sent_with=sent, right=each.right, standing=each.standing, on=each.on, at=at(each.on),
            by=row.author_id,
        )
        for each in told.rights
    )  # fmt: skip
    return RightsRecord(case_id=row.case_id, incident_id=row.id, head=RightsHead(steps=steps))


def _judgement(told: RiskTold, case_id: UUID, by: UUID) -> RiskJudgement:
    return RiskJudgement(
        case_id=case_id,
        author_id=by,
        head=RiskHead(judged_on=told.on, level=told.level),
        body=RiskBody(reasons=told.reasons),
    )


def _dash(told: RiskTold, case_id: UUID, by: UUID) -> DashResult:
    head = DashHead(
        on=told.on,
        score=len(told.items),
        level_by_score=told.proposed,
        level=told.level,
        by_judgement=is_lower(told.proposed, told.level),
        items=told.items,
    )
    body = DashBody(reasons=told.reasons)
    return DashResult(case_id=case_id, author_id=by, head=head, body=body)


def _youth(told: RiskTold, case_id: UUID, by: UUID) -> YouthJudgement:
    head = YouthHead(on=told.on, concerns=told.concerns, proposed=told.proposed, level=told.level)
    body = YouthBody(words=told.words, reasons=told.reasons)
    return YouthJudgement(case_id=case_id, author_id=by, head=head, body=body)
