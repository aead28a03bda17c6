"""Opens every file of every case, for the check of a whole home."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.attachments.files import check_stream, path_of
from caseapp.attachments.models import KEPT, Attachment
from caseapp.vault.errors import CannotOpen
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document
from caseapp.vault.unlocked import Vault

BATCH = 500
TABLE = Attachment.__table__


def damaged_files(session: Session, vault: Vault) -> Iterator[UUID]:
    """The ids of the rows whose file is not there as it was written. A row that does not open is
    the records' own fault, and is not told twice."""
    ids = session.scalars(select(TABLE.c.id).where(TABLE.c.state == KEPT)).all()
    for start in range(0, len(ids), BATCH):
        yield from _damaged_of(session, vault, ids[start : start + BATCH])


def _damaged_of(session: Session, vault: Vault, ids: Sequence[UUID]) -> Iterator[UUID]:
    query = select(*columns_for(Attachment, "head")).where(TABLE.c.id.in_(ids))
    for row in session.execute(query).mappings().all():
        try:
            keys = warm(session.connection(), vault, {row["case_id"]})
            head = open_document(vault, Attachment, "head", row, keys)
        except (CannotOpen, LookupError):
            continue
        if not _opens(row["file_id"], head.key, head.size):
            yield row["id"]


def _opens(file_id: UUID, key: bytes, size: int) -> bool:
    try:
        with path_of(file_id).open("rb") as source:
            check_stream(source, key, size)
    except (CannotOpen, OSError):
        return False
    return True
