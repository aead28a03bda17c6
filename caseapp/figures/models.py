"""Entered figures and populations. Nothing of a case, but sealed: a figure that was changed by SQL
would change what the board is told, and is found when it is read."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class FigureHead(Struct, frozen=True, kw_only=True):
    """What was entered. `value` is None where an earlier version was withdrawn."""

    value: float | None
    source: str
    dated_on: date
    note: str = ""
    entered_at: datetime


class EnteredFigure(SealedRow, Base):
    """One version of one figure of a financial year. A correction is the next version."""

    __tablename__ = "entered_figures"
    __label__ = "entered_figure"
    __key_owner__ = "id"
    __key_kind__ = "figure"
    __bound_columns__ = ("year", "code", "version", "author_id")
    __table_args__ = (UniqueConstraint("year", "code", "version"),)

    year: Mapped[str] = mapped_column(String(7))  # 2026-27
    code: Mapped[str] = mapped_column(String(40))  # of figures.toml
    version: Mapped[int]  # 1 for the first
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(FigureHead)


class PopulationHead(Struct, frozen=True, kw_only=True):
    """How many people live in the borough, by group. `counted_in`: the year of the count."""

    groups: Mapping[str, int]  # by code of populations.toml
    counted_in: str
    source: str
    dated_on: date
    note: str = ""
    entered_at: datetime


class PopulationTable(SealedRow, Base):
    """One version of the table that counts from a financial year on, until a later one."""

    __tablename__ = "population_tables"
    __label__ = "population_table"
    __key_owner__ = "id"
    __key_kind__ = "population"
    __bound_columns__ = ("year", "version", "author_id")
    __table_args__ = (UniqueConstraint("year", "version"),)

    year: Mapped[str] = mapped_column(String(7))
    version: Mapped[int]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(PopulationHead)
