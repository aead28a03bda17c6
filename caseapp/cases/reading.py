"""Opening many sealed rows at once: one query for the rows, one for their keys."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import SealedRow, columns_for, open_document

Row = Mapping[str, Any]


def read_heads(
    session: Session, model: type[SealedRow], column: str, ids: Collection[UUID]
) -> Iterator[tuple[Row, Any]]:
    """(plain columns, head) of each row whose `column` is one of the ids. Raises CannotOpen."""
    return ((row, head) for row, head in read_documents(session, model, column, ids, "head"))


def read_documents(
    session: Session, model: type[SealedRow], column: str, ids: Collection[UUID], *names: str
) -> Iterator[tuple[Any, ...]]:
    """(plain columns, document, …) of each row. Raises CannotOpen, or LookupError without a key."""
    table: Any = cast(Any, model).__table__
    wanted = table.c[column].in_(bindparam("ids", expanding=True))
    query = select(*columns_for(model, *names)).where(wanted)
    rows = session.connection().execute(query, {"ids": list(ids)}).mappings().all()
    vault = session.info["vault"]
    owner = model.__key_owner__
    keys = warm(session.connection(), vault, {row[owner] for row in rows})
    for row in cast("list[Row]", rows):
        yield row, *(open_document(vault, model, name, row, keys) for name in names)
