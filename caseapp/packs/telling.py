"""Which number of a pack is whose plan, and what was left out: for its manager's page alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from caseapp.access.actors import Actor
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.caseloads.case_rows import CaseRow, open_rows
from caseapp.caseloads.queries import OF_TEAM
from caseapp.packs.models import LeftOut, Pack, Part


@dataclass(frozen=True)
class Outcome:
    """Each with the case as it is now; None for one that is no longer the team's."""

    parts: tuple[tuple[Part, CaseRow | None], ...]
    left_out: tuple[tuple[LeftOut, CaseRow | None], ...]


def outcome_of(pack: Pack, by: Actor) -> Outcome:
    """Opens the names of its cases, noted as a list that was read."""
    body = pack.body
    rows = _rows(
        by, {part.case_id for part in body.parts} | {left.case_id for left in body.left_out}
    )
    record(
        Kind.CASES_LISTED,
        actor=by,
        team_id=by.team_id,
        subject_id=pack.id,
        detail={"cases": len(rows)},
    )
    return Outcome(
        tuple((part, rows.get(part.case_id)) for part in body.parts),
        tuple((left, rows.get(left.case_id)) for left in body.left_out),
    )


def _rows(by: Actor, ids: Iterable[UUID]) -> dict[UUID, CaseRow]:
    """Closed ones too: what was taken out while they were open stays taken out."""
    found = open_rows(OF_TEAM, {"ids": list(ids), "team_id": by.team_id})
    return {row.id: row for row in found}
