"""Pure decisions about a catalogue: which years can be chosen for, what may be changed in one."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from caseapp.indicators.catalogue import Catalogue, TableSpec, standard_catalogue
from caseapp.indicators.dimensions import cuts, dimension
from caseapp.indicators.needs import cells_of
from caseapp.indicators.periods import APRIL
from caseapp.indicators.populations import POPULATIONS

MOST_DIMENSIONS = 3
MOST_CELLS = 3000  # of one table: more is too fine for anybody's borough


class NotATable(ValueError):
    """Why there can be no such table: a sentence for the page."""


def years_to_choose(day: date) -> tuple[str, str, str]:
    """The last financial year, this one and the next."""
    start = day.year if day.month >= APRIL else day.year - 1
    last, this, following = (f"{y}-{(y + 1) % 100:02}" for y in (start - 1, start, start + 1))
    return last, this, following


def number_of_cells(catalogue: Catalogue) -> int:
    """How many figures an edition has; one that two tables share is one."""
    return len(set().union(*(cells_of(spec) for spec in catalogue.tables)))


def switched_off(catalogue: Catalogue) -> list[TableSpec]:
    """Tables that come with the program and that the year does not have."""
    own = {spec.name for spec in catalogue.tables}
    return [spec for spec in standard_catalogue().tables if spec.name not in own]


def find_table(catalogue: Catalogue, name: str) -> TableSpec | None:
    return next((spec for spec in catalogue.tables if spec.name == name), None)


def without(catalogue: Catalogue, name: str) -> Catalogue:
    """The catalogue without a table. Raises NotATable where it is the last one."""
    tables = tuple(spec for spec in catalogue.tables if spec.name != name)
    if not tables:
        raise NotATable("A year needs at least one table")
    return Catalogue(tables)


def with_table(catalogue: Catalogue, spec: TableSpec) -> Catalogue:
    """The catalogue with one more table; those that come with the program keep their order.

    Raises NotATable where another one shows the same, or it is too fine.
    """
    _insist_on_new(catalogue.tables, spec)
    order = [each.name for each in standard_catalogue().tables]
    tables = (*catalogue.tables, spec)
    known = sorted(
        (each for each in tables if each.name in order), key=lambda each: order.index(each.name)
    )
    return Catalogue((*known, *(each for each in tables if each.name not in order)))


def with_breadth(catalogue: Catalogue, name: str, broad: Collection[str]) -> Catalogue:
    """The catalogue where one table shows of these dimensions the groups alone."""
    tables = []
    for spec in catalogue.tables:
        if spec.name == name:
            grouped = tuple(cut for cut in spec.dimensions if cut in broad)
            spec = replace(spec, grouped=grouped)
            _insist_on_new([each for each in catalogue.tables if each.name != name], spec)
        tables.append(spec)
    return Catalogue(tuple(tables))


def new_table(population: str, dimensions: Sequence[str], broad: Collection[str]) -> TableSpec:
    """A table of one's own. Its name and title are made here: nobody types what is published."""
    chosen = tuple(name for name in POPULATIONS[population].dimensions if name in dimensions)
    grouped = tuple(name for name in chosen if name in broad)
    words = [_words(name, name in grouped) for name in chosen]
    listed = " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
    parts = [f"{name}_groups" if name in grouped else name for name in chosen]
    return TableSpec(
        name=f"own_{population}_by_{'_and_'.join(parts)}",
        title=f"{POPULATIONS[population].words} by {listed}",
        population=population,
        dimensions=chosen,
        grouped=grouped,
    )


def can_be_broad(dimensions: Sequence[str]) -> list[str]:
    """Those that have groups."""
    return [name for name in dimensions if dimension(name).groups]


def _insist_on_new(others: Sequence[TableSpec], spec: TableSpec) -> None:
    cells = cells_of(spec)
    if len(cells) > MOST_CELLS:
        raise NotATable(
            f"This table would have {len(cells):,} figures, more than {MOST_CELLS:,}. "
            "Choose fewer dimensions, or groups alone"
        )
    for other in others:
        if cells <= cells_of(other):
            raise NotATable(f"“{other.title}” shows all of this already")


def _words(name: str, grouped: bool) -> str:
    title = cuts()[name].title
    lowered = (
        title if title[:2].isupper() or title.startswith("I ") else title[0].lower() + title[1:]
    )
    return f"{lowered} (groups)" if grouped else lowered


def dimension_choices(population: str) -> Iterator[tuple[str, str]]:
    """(code, words) of every way to cut it."""
    for name in POPULATIONS[population].dimensions:
        yield name, cuts()[name].title
