"""What a file of figures would change: looked at before it is done, and compared when it is."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from caseapp.figures.catalogue import FigureSpec, figure_specs
from caseapp.figures.csv_file import Line
from caseapp.figures.models import FigureHead
from caseapp.figures.queries import figures_of
from caseapp.figures.typed_figures import TypedFigure


@dataclass(frozen=True)
class Seen:
    """A line beside what is stored now. `was`: the value in words, "" where there is none."""

    line: Line
    spec: FigureSpec | None
    was: str
    is_new: bool  # it says something that is not stored


@dataclass(frozen=True)
class Preview:
    """`standing` marks the stored versions that it was made of."""

    seen: Sequence[Seen]
    standing: str

    @property
    def faulty(self) -> int:
        return sum(bool(each.line.faults) for each in self.seen)

    @property
    def to_enter(self) -> list[TypedFigure]:
        return [each.line.figure for each in self.seen if each.line.figure and each.is_new]


def preview_of(session: Session, lines: Iterable[Line]) -> Preview:
    """Raises CannotOpen."""
    lines = list(lines)
    years = sorted({line.figure.year for line in lines if line.figure})
    stored = {
        (year, code): versions[-1]
        for year in years
        for code, versions in figures_of(session, year).items()
    }
    marks = "\n".join(
        f"{year} {code} {row.version}" for (year, code), row in sorted(stored.items())
    )
    heads = {key: row.head for key, row in stored.items()}
    return Preview(
        [_seen(line, heads) for line in lines], hashlib.sha256(marks.encode()).hexdigest()
    )


def _seen(line: Line, heads: dict[tuple[str, str], FigureHead]) -> Seen:
    spec, figure = figure_specs().get(line.cells["code"]), line.figure
    head = heads.get((figure.year, figure.code)) if figure else None
    if spec is None or head is None or head.value is None:
        return Seen(line, spec, "", figure is not None)
    same = figure and (figure.value, figure.source, figure.dated_on) == (
        head.value,
        head.source,
        head.dated_on,
    )
    return Seen(line, spec, spec.words(head.value), not same)
