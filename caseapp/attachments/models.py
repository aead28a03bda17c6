"""A file of a case: what is known of it, and the key that opens it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

KEPT, REMOVED = "kept", "removed"


class AttachmentHead(Struct, frozen=True, kw_only=True):
    """`key` and `digest` are empty once the file is removed."""

    name: str  # as it is given out, with the ending of its kind
    kind: str  # a code of rules.KINDS
    size: int  # bytes
    digest: bytes  # SHA-256
    key: bytes  # of the sealed stream; erasing the case's key erases it
    description: str
    given_by: str = ""
    is_third_party: bool = False  # it speaks of, or comes from, somebody other than the person
    added_at: datetime
    removed_at: datetime | None = None
    removed_by: UUID | None = None
    removed_why: str = ""


class Attachment(SealedRow, Base):
    """One file. Its row stays when the file is removed, and says who did it and why."""

    __tablename__ = "attachments"
    __label__ = "attachment"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id", "file_id", "state")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    file_id: Mapped[UUID]  # its name on the disk; a second attempt at saving makes another
    state: Mapped[str] = mapped_column(String(20), default=KEPT)

    head = SealedDocument(AttachmentHead)

    @property
    def is_kept(self) -> bool:
        return self.state == KEPT
