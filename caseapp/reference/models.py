"""A home's own edition of a code list: plain, because a code list holds no case data."""

from datetime import date

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base


class CodeListEdition(Base):
    """One edition as it was loaded. Editions are added, never changed."""

    __tablename__ = "code_list_editions"
    __table_args__ = (UniqueConstraint("name", "version"),)

    name: Mapped[str]
    version: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    in_force_from: Mapped[date]
