"""What is done to entered figures: each with its entry in the audit."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from msgspec.structs import replace
from sqlalchemy import func, select

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import now
from caseapp.database import db
from caseapp.figures.models import EnteredFigure, FigureHead, PopulationHead, PopulationTable
from caseapp.figures.typed_figures import TypedFigure


def enter_figure(figure_id: UUID, year: str, code: str, head: FigureHead, by: Actor) -> None:
    """The next version of a figure. Raises IntegrityError where somebody was quicker."""
    _add(figure_id, year, code, head, by)
    _note(by, figure_id, "figure", year=year, code=code)


def enter_all(file_id: UUID, figures: Sequence[TypedFigure], by: Actor) -> None:
    """A whole file, or nothing. The ids follow from the file's, so that one which is sent twice
    is entered once. Raises IntegrityError."""
    for figure in figures:
        head = FigureHead(
            value=figure.value,
            source=figure.source,
            dated_on=figure.dated_on,
            entered_at=now(),
        )
        _add(id_in_file(file_id, figure), figure.year, figure.code, head, by)
    _note(by, file_id, "file", figures=len(figures))


def withdraw_figure(figure: EnteredFigure, by: Actor) -> None:
    """It counts as missing again; what was entered stays to be seen."""
    head = replace(figure.head, value=None, note="", entered_at=now())
    figure_id = uuid5(figure.id, "withdrawn")
    _add(figure_id, figure.year, figure.code, head, by)
    _note(by, figure_id, "withdrawn", year=figure.year, code=figure.code)


def enter_population(table_id: UUID, year: str, head: PopulationHead, by: Actor) -> None:
    """The next version of the table that counts from this year on. Raises IntegrityError."""
    newest = select(func.max(PopulationTable.version)).where(PopulationTable.year == year)
    version = (db.session.scalar(newest) or 0) + 1
    db.session.add(
        PopulationTable(id=table_id, year=year, version=version, author_id=by.user_id, head=head)
    )
    _note(by, table_id, "population", year=year)


def id_in_file(file_id: UUID, figure: TypedFigure) -> UUID:
    return uuid5(file_id, f"{figure.year} {figure.code}")


def _add(figure_id: UUID, year: str, code: str, head: FigureHead, by: Actor) -> None:
    newest = select(func.max(EnteredFigure.version)).where(
        EnteredFigure.year == year, EnteredFigure.code == code
    )
    version = (db.session.scalar(newest) or 0) + 1
    db.session.add(
        EnteredFigure(
            id=figure_id, year=year, code=code, version=version, author_id=by.user_id, head=head
        )
    )


def _note(by: Actor, subject_id: UUID, what: str, **detail: str | int) -> None:
    record(
        Kind.FIGURES_ENTERED,
        actor=by,
        subject_id=subject_id,
        reason=decide(by, Permission.KEEP_FIGURES),
        detail={"what": what, **detail},
    )
