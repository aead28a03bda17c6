"""What the room adds to pages about cases: the timeline, a panel, what is due, what is missing."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from flask import flash, g, has_request_context, url_for
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.cases.contributions import Due, TimelineEntry
from caseapp.cases.door import may
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.people.models import PersonBody, PersonHead
from caseapp.perpetrators.blueprint import warnings_of
from caseapp.perpetrators.conflict import WARNING, check_client, check_perpetrator, open_teams
from caseapp.perpetrators.models import AllegedPerpetrator, ConflictCheck
from caseapp.perpetrators.queries import checks_of, perpetrators_of
from caseapp.perpetrators.rules import is_among_contacts, phones_of
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document
from caseapp.web.gate import current_actor

CHECKED = columns_for(ConflictCheck, "head")


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    """That somebody was recorded, never who; for those who may see them."""
    if not may(current_actor(), Permission.SEE_PERPETRATORS, case):
        return
    for check in checks_of(case):
        if not check.head.is_client:
            yield TimelineEntry(
                title="Alleged perpetrator recorded",
                at=check.head.since,
                author_id=check.author_id,
                url=url_for(
                    "perpetrators.show_perpetrator",
                    case_id=case.id,
                    perpetrator_id=check.subject_id,
                ),
            )


def alleged_in(case: Case) -> Iterator[tuple[UUID, str]]:
    """(id, name) to choose from where an incident says who is said to have done it."""
    for number, alleged in enumerate(perpetrators_of(case), 1):
        yield alleged.id, alleged.head.full_name or f"Number {number}, not known by name"


def panel_of(case: Case) -> dict[str, Any] | None:
    warnings = warnings_of(case)
    return warnings if warnings and warnings["lines"] else None


def conflicts_due(session: Session, case_ids: Collection[UUID]) -> Iterator[Due]:
    """For the manager: cases whose check found somebody, not settled yet."""
    query = select(*CHECKED).where(ConflictCheck.__table__.c.case_id.in_(case_ids))
    rows = cast("list[Mapping[str, Any]]", session.execute(query).mappings().all())
    vault = session.info["vault"]
    keys = warm(session.connection(), vault, {row["case_id"] for row in rows})
    for row in rows:
        head = open_document(vault, ConflictCheck, "head", row, keys)
        if open_teams(head):
            yield Due(
                row["case_id"],
                "conflict",
                head.checked_on,
                for_manager=True,
                endpoint="perpetrators.settle_conflict",
            )


def missing_perpetrators(
    session: Session, case_ids: Collection[UUID]
) -> Iterator[tuple[UUID, str]]:
    """Cases of domestic abuse without an alleged perpetrator, known or unknown."""
    recorded = exists().where(AllegedPerpetrator.case_id == Case.id)
    query = select(Case.id).where(Case.id.in_(case_ids), Case.service == "idva", ~recorded)
    return ((case_id, "perpetrator") for case_id in session.scalars(query))


def why_contact_endangers(
    case: Case, _head: PersonHead, body: PersonBody
) -> tuple[str, str] | None:
    """(field, message) where safe contact would name who is said to have done it."""
    for perpetrator in perpetrators_of(case):
        phones = phones_of(perpetrator.body.facts)
        if is_among_contacts(body.safe_contact, perpetrator.head, phones):
            return "who_may_answer", (
                "This names somebody who is recorded as an alleged perpetrator of this person."
                " They must not be the one who answers. If it is somebody else, say who:"
                " for example “her sister”"
            )
    return None


def check_changed_person(case: Case, by: Actor) -> None:
    """After the person of a case was changed: who they are now may be known elsewhere, and
    others may answer their phone. The case may be another team's, so nothing of it is shown."""
    check_client(case, by)
    for perpetrator in rows_in(case, AllegedPerpetrator):
        check_perpetrator(case, perpetrator, by)
    if has_request_context() and "conflict_warned" not in g and _is_warned(case, by):
        g.conflict_warned = True  # once, however many cases the person has
        flash(WARNING, "important")


def _is_warned(case: Case, by: Actor) -> bool:
    """For who may know of the alleged perpetrators of this very case."""
    may_know = may(by, Permission.SEE_PERPETRATORS, case) is not None
    return may_know and any(open_teams(check.head) for check in checks_of(case))
