"""What a financial year releases and by which method, and trials of what that costs."""

from uuid import UUID

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.background import WorkRow
from caseapp.database import Base
from caseapp.disclosure.rules import ROUNDING_5


class CatalogueYear(Base):
    """What was chosen for a year. A year without a row has what comes with the program."""

    __tablename__ = "catalogue_years"

    year: Mapped[str] = mapped_column(String(7), unique=True)  # 2026-27
    tables: Mapped[str] = mapped_column(Text, default="")  # JSON of a Catalogue; "": the standard
    method: Mapped[str] = mapped_column(String(30), default=ROUNDING_5.name)
    is_settled: Mapped[bool] = mapped_column(default=False)  # an edition was made by it


class CatalogueTrial(WorkRow):
    """One try of a catalogue, of which nothing is kept but rough words and sizes."""

    __tablename__ = "catalogue_trials"

    year: Mapped[str] = mapped_column(String(7), index=True)
    month: Mapped[str] = mapped_column(String(7))  # that was counted
    tables: Mapped[str] = mapped_column(Text)  # what was tried
    method: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10))
    step: Mapped[str] = mapped_column(String(60))
    problem: Mapped[str] = mapped_column(String(500))
    cost: Mapped[str] = mapped_column(Text)  # JSON of a Cost, once it is done
    user_id: Mapped[UUID]
    started_at: Mapped[str] = mapped_column(String(40))  # ISO 8601, UTC
    updated_at: Mapped[str] = mapped_column(String(40))
