"""Which cells the indicators are worked out from, and which tables publish them."""

from collections.abc import Iterable, Iterator, Mapping

from caseapp.disclosure.tables import ALL, Cell
from caseapp.indicators.catalogue import CASES, Catalogue, TableSpec
from caseapp.indicators.definitions import (
    Count,
    Disproportion,
    Fixed,
    Indicator,
    Rate,
    Row,
    Share,
    definitions,
)


def cells_named(indicator: Indicator) -> set[Cell]:
    """Every published cell that the indicator is worked out from."""
    return {cell for row in indicator.spread() for cell in _cells(row)}


def cells_of(spec: TableSpec) -> set[Cell]:
    """Every cell that the table publishes, margins included."""
    cells = {Cell(spec.population, ())}
    for cut in spec.cut():
        own = [(cut.name, node) for node in cut.nodes if node != ALL]
        cells |= {Cell(spec.population, (*c.fixed, pair)) for c in cells for pair in own}
    return {Cell(cell.population, tuple(sorted(cell.fixed))) for cell in cells}


def indicators_without(catalogue: Catalogue) -> list[int]:
    """Numbers of the indicators that a cell is missing for."""
    published = set().union(*(cells_of(spec) for spec in catalogue.tables))
    return [each.number for each in definitions().indicators if not cells_named(each) <= published]


def needed_by(catalogue: Catalogue) -> Mapping[str, list[int]]:
    """By the name of a table the indicators that it alone has a cell for."""
    cells = {spec.name: cells_of(spec) for spec in catalogue.tables}
    needed: dict[str, list[int]] = {spec.name: [] for spec in catalogue.tables}
    for indicator in definitions().indicators:
        for name in _only_there(cells_named(indicator), cells):
            needed[name].append(indicator.number)
    return needed


def _only_there(wanted: Iterable[Cell], cells: Mapping[str, set[Cell]]) -> set[str]:
    found = ([name for name, own in cells.items() if cell in own] for cell in wanted)
    return {names[0] for names in found if len(names) == 1}


def _cells(row: Row) -> Iterator[Cell]:
    if isinstance(row, Count | Share):
        yield from (_cell(row.of, fixed) for fixed in row.part)
        if isinstance(row, Share):
            yield from (_cell(row.of, fixed) for fixed in row.whole)
    elif isinstance(row, Rate):
        yield _cell(CASES, {**row.part, "ethnicity": row.group})
    elif isinstance(row, Disproportion):
        for group in (row.group, row.other):
            yield _cell(CASES, {**row.part, "ethnicity": group})


def _cell(population: str, fixed: Fixed) -> Cell:
    return Cell(population, tuple(sorted(pair for pair in fixed.items() if pair[1] != ALL)))
