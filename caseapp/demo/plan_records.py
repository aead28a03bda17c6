"""The safety plan that was told of a case, as the rows that the plans room keeps."""

from collections.abc import Iterator, Mapping
from uuid import uuid4

from caseapp.cases.models import Case
from caseapp.demo.lives import PlanTold, SectionTold
from caseapp.plans.models import (
    CallHead,
    Plan,
    PlanHead,
    PlanVersion,
    ReviewCall,
    SectionWords,
    VersionBody,
    VersionHead,
)


def plan_row(told: PlanTold, case: Case) -> Plan:
    newest = told.versions[-1]
    head = PlanHead(
        kind=told.kind,
        versions=len(told.versions),
        written_at=newest.written_at,
        review_on=newest.review_on,
    )
    return Plan(id=uuid4(), case_id=case.id, head=head)


def version_rows(told: PlanTold, plan: Plan, case: Case) -> Iterator[PlanVersion]:
    """Every version, written by the case's advocate."""
    for number, version in enumerate(told.versions, start=1):
        yield PlanVersion(
            case_id=case.id,
            plan_id=plan.id,
            author_id=case.advocate_id,
            number=number,
            head=VersionHead(
                written_at=version.written_at,
                review_on=version.review_on,
                is_agreed=version.is_agreed,
                copy_is_safe=version.copy_is_safe,
                reading_format=version.reading_format,
                agreed_by=version.agreed_by,
                agreed_on=version.agreed_on,
                language=version.language,
            ),
            body=VersionBody(
                sections=tuple(_sections(version.sections)),
                child=tuple(_sections(version.child)),
                steps=version.steps,
                places=version.places,
                people=version.people,
                pictures=version.pictures,
            ),
        )


def call_rows(told: PlanTold, case: Case) -> Iterator[ReviewCall]:
    """Why its plan had to be looked at again."""
    for call in told.calls:
        head = CallHead(reason=call.reason, called_at=call.called_at)
        yield ReviewCall(case_id=case.id, head=head)


def _sections(told: Mapping[str, SectionTold]) -> Iterator[SectionWords]:
    for code, words in told.items():
        yield SectionWords(code=code, own=words.own, worker=words.worker)
