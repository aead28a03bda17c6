"""One pass over the cases of a team: each is opened, and what it lacks comes out."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseapp.cases.models import Case
from caseapp.cases.reading import read_documents
from caseapp.clock import today
from caseapp.data_quality.record import QualityRecord
from caseapp.data_quality.rules import UNREADABLE, CaseQuality, facts_of
from caseapp.incidents.models import Incident
from caseapp.marac.models import MaracReferral
from caseapp.people.models import NeedsFlag, Person
from caseapp.perpetrators.models import AllegedPerpetrator
from caseapp.plans.models import Plan
from caseapp.risk.models import DashResult, RiskJudgement, YouthJudgement
from caseapp.vault.errors import CannotOpen
from caseapp.vault.sealed_rows import SealedRow

BATCH = 500  # case and person: a thousand keys at a time, far below what the vault keeps
JUDGEMENTS = (RiskJudgement, DashResult, YouthJudgement)
CASES = Case.__table__
Opened = dict[UUID, list[tuple[Any, ...]]]


def how_many(session: Session, teams: Collection[UUID]) -> int:
    """Cases of these teams, open and closed."""
    wanted = CASES.c.team_id.in_(teams)
    return session.scalar(select(func.count()).select_from(CASES).where(wanted)) or 0


def count_team(session: Session, team_id: UUID) -> list[CaseQuality]:
    """Every case of the team. Whoever calls notes it in the audit."""
    ids = session.scalars(select(CASES.c.id).where(CASES.c.team_id == team_id)).all()
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return [case for batch in batches for case in _count(session, batch)]


def _count(session: Session, ids: Sequence[UUID]) -> list[CaseQuality]:
    """Threat: one damaged record that hides what all others lack. It is told apart by reading the
    batch again, one by one, and is shown as what it is."""
    try:
        return list(_read(session, ids))
    except (CannotOpen, LookupError):
        if len(ids) == 1:
            return [_unreadable(session, ids[0])]
        return [case for each in ids for case in _count(session, [each])]


def _read(session: Session, ids: Sequence[UUID]) -> Iterator[CaseQuality]:
    found = list(read_documents(session, Case, "id", ids, "head"))
    people_ids = {row["person_id"] for row, _ in found}
    people = {
        row["id"]: (head, body)
        for row, head, body in read_documents(session, Person, "id", people_ids, "head", "body")
    }
    asked_needs = _which(session, NeedsFlag, "person_id", people_ids)
    judged = set[UUID]().union(*(_which(session, each, "case_id", ids) for each in JUDGEMENTS))
    planned = _which(session, Plan, "case_id", ids)
    incidents = _by_case(session, Incident, ids, "head", "body")
    marac = _by_case(session, MaracReferral, ids, "head")
    alleged = _by_case(session, AllegedPerpetrator, ids, "head")
    for row, head in found:
        person, about_person = people[row["person_id"]]
        record = QualityRecord(
            day=today(),
            risk_level=row["risk_level"],
            head=head,
            person=person,
            about_person=about_person,
            has_needs=row["person_id"] in asked_needs,
            is_judged=row["id"] in judged,
            has_plan=row["id"] in planned,
            incidents=[(each[0], each[1]) for each in incidents[row["id"]]],
            marac=[each[0] for each in marac[row["id"]]],
            alleged=[each[0] for each in alleged[row["id"]]],
        )
        yield _quality(row, record)


def _quality(row: Any, record: QualityRecord) -> CaseQuality:
    facts = facts_of(record)
    return CaseQuality(
        id=row["id"],
        is_open=row["status"] == "open",
        opened_month=row["opened_month"],
        asked=frozenset({UNREADABLE, *facts}),
        missing=frozenset(code for code, is_missing in facts.items() if is_missing),
    )


def _unreadable(session: Session, case_id: UUID) -> CaseQuality:
    """By its plain columns alone."""
    columns = (CASES.c.id, CASES.c.status, CASES.c.opened_month)
    row = session.execute(select(*columns).where(CASES.c.id == case_id)).one()
    fault = frozenset({UNREADABLE})
    return CaseQuality(row.id, row.status == "open", row.opened_month, asked=fault, missing=fault)


def _which(
    session: Session, model: type[SealedRow], column: str, ids: Collection[UUID]
) -> set[UUID]:
    """Those that have a row of this kind at all; nothing is opened."""
    owner = model.__table__.c[column]  # type: ignore[attr-defined]
    return set(session.scalars(select(owner).where(owner.in_(ids)).distinct()))


def _by_case(
    session: Session, model: type[SealedRow], ids: Sequence[UUID], *documents: str
) -> Opened:
    found: Opened = defaultdict(list)
    for row, *opened in read_documents(session, model, "case_id", ids, *documents):
        found[row["case_id"]].append(tuple(opened))
    return found
