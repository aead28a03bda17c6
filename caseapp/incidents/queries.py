"""Reading the incidents of a case that was opened, and what is missing or due in many cases."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due, HarmEvent
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.incidents.models import Incident, RightsRecord, RightStep
from caseapp.incidents.rules import (
    has_outcome,
    newest_standings,
    outcome_is_missing,
    outcome_is_untold,
    rights_missing,
)
from caseapp.reference import label_of
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import SealedRow, columns_for, open_document

Row = Mapping[str, Any]
Steps = tuple[RightStep, ...]


def incidents_of(case: Case) -> list[Incident]:
    """The newest first."""
    return sorted(rows_in(case, Incident), key=lambda each: each.head.happened_on, reverse=True)


def rights_of(case: Case) -> dict[UUID | None, Steps]:
    """Steps of the rights by incident, None for the case as a whole; the oldest first."""
    return {record.incident_id: record.head.steps for record in rows_in(case, RightsRecord)}


def rights_record_of(case: Case, incident: Incident | None) -> RightsRecord | None:
    wanted = incident.id if incident else None
    return next((each for each in rows_in(case, RightsRecord) if each.incident_id == wanted), None)


def harm_in(session: Session, case_ids: Collection[UUID]) -> Iterator[HarmEvent]:
    """Every incident of these cases, for judging risk."""
    for row in _rows(session, case_ids, Incident, "head"):
        head = _opened(session, Incident, "head", row)
        yield HarmEvent(
            case_id=row["case_id"],
            on=head.happened_on,
            what=label_of("offence", head.offence),
            is_domestic=head.is_domestic,
            perpetrator_id=head.perpetrator_id,
        )


def dues_in(session: Session, case_ids: Collection[UUID]) -> Iterator[Due]:
    """The days on which the police are asked for an outcome again."""
    for row in _rows(session, case_ids, Incident, "head"):
        head = _opened(session, Incident, "head", row)
        if head.ask_again_on:
            yield Due(
                case_id=row["case_id"],
                kind="ask_for_outcome",
                on=head.ask_again_on,
                what=label_of("offence", head.offence),
                endpoint="incidents.record_outcome",
                values=(("incident_id", str(row["id"])),),
            )


def gaps_in(session: Session, case_ids: Collection[UUID]) -> set[tuple[UUID, str]]:
    """(case, code of gap), once however many of its incidents lack it. The rights of a case
    without an incident are those of the case as a whole."""
    rights = _standings(session, case_ids)
    rows = _rows(session, case_ids, Incident, "head", "body")
    found = {
        (case_id, "right_missing")
        for case_id in set(case_ids) - {row["case_id"] for row in rows}
        if rights_missing(None, rights.get(case_id, {}).values())
    }
    for row in rows:
        head = _opened(session, Incident, "head", row)
        known = rights.get(row["case_id"], {}) | rights.get(row["id"], {})
        if rights_missing(head, known.values()):
            found.add((row["case_id"], "right_missing"))
        if head.reported_to_police is not True and not has_outcome(head.outcome):
            continue  # most of them; the body is opened for the others alone
        body = _opened(session, Incident, "body", row)
        if outcome_is_missing(head, body):
            found.add((row["case_id"], "outcome_missing"))
        elif outcome_is_untold(head, body, known):
            found.add((row["case_id"], "outcome_not_told"))
    return found


def _standings(session: Session, case_ids: Collection[UUID]) -> dict[UUID, dict[str, RightStep]]:
    """Where rights stand, by incident, or by case where they were recorded for the whole of it."""
    return {
        row["incident_id"] or row["case_id"]: newest_standings(
            _opened(session, RightsRecord, "head", row).steps
        )
        for row in _rows(session, case_ids, RightsRecord, "head")
    }


def _rows(
    session: Session, case_ids: Collection[UUID], model: type[SealedRow], *documents: str
) -> Sequence[Row]:
    """In one query, with the keys of these cases at hand."""
    columns = columns_for(model, *documents)
    case_id: Any = model.__table__.c.case_id  # type: ignore[attr-defined]
    found = session.execute(select(*columns).where(case_id.in_(case_ids))).mappings().all()
    warm(session.connection(), session.info["vault"], {row["case_id"] for row in found})
    return cast("Sequence[Row]", found)


def _opened(session: Session, model: type[SealedRow], name: str, row: Row) -> Any:
    return open_document(session.info["vault"], model, name, row)
