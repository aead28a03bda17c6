"""What contacts adds to what is due: open tasks, and the first contact within the limit."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due
from caseapp.cases.models import Case
from caseapp.contacts.models import OPEN, Task
from caseapp.contacts.working_days import first_contact_by
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document

TASKS, CASES = Task.__table__, Case.__table__
SOME_CASES: Any = bindparam("cases", expanding=True)
OPEN_TASKS = select(*columns_for(Task, "head")).where(
    TASKS.c.case_id.in_(SOME_CASES), TASKS.c.status == OPEN
)
HEADS = select(*columns_for(Case, "head")).where(CASES.c.id.in_(SOME_CASES))


def tasks_due(session: Session, case_ids: Collection[UUID]) -> Iterable[Due]:
    for row, head in _opened(session, Task, OPEN_TASKS, case_ids, "case_id"):
        yield Due(
            case_id=row["case_id"],
            kind="contact_task" if head.kind else "task",
            on=head.due_on,
            what=head.what,
            owner_id=row["owner_id"],
            endpoint="contacts.list_tasks",
        )


def first_contacts_due(session: Session, case_ids: Collection[UUID]) -> Iterable[Due]:
    for row, head in _opened(session, Case, HEADS, case_ids, "id"):
        by = first_contact_by(row["service"], head.opened_on)
        if by and head.first_contact_on is None:
            yield Due(
                case_id=row["id"], kind="first_contact", on=by, endpoint="contacts.make_contact"
            )


def _opened(
    session: Session, model: Any, query: Any, case_ids: Collection[UUID], owner: str
) -> Iterable[tuple[Any, Any]]:
    """(row, its head): two queries, however many cases there are."""
    connection, vault = session.connection(), session.info["vault"]
    rows = connection.execute(query, {"cases": list(case_ids)}).mappings().all()
    keys = warm(connection, vault, {row[owner] for row in rows})
    return ((row, open_document(vault, model, "head", row, keys)) for row in rows)
