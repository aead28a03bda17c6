"""Each indicator worked out by hand from what was invented, and compared: the counts before
rounding exactly, what is published within what rounding explains."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from caseapp.app import create_app
from caseapp.database import PlainBase, db, read_snapshot
from caseapp.demo.fill import fill_home
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import link
from caseapp.disclosure.rounding import round_tables
from caseapp.disclosure.tables import Cell, Table
from caseapp.figures.queries import figures_for, populations
from caseapp.home import make_home, mark_as_demo
from caseapp.indicators.catalogue import standard_catalogue
from caseapp.indicators.counting import count
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
from caseapp.indicators.periods import period_until
from caseapp.indicators.released import IndicatorRow, indicator_rows
from caseapp.strategy.queries import progress_of_plan
from tests.homes import new_settings, running_app
from tests.truth import Truth, read_truth
from tests.unit.indicators.by_hand import BY_HAND
from tests.unit.indicators.hand_facts import RESIDENTS

CASES, SEED = 400, 11
LAST_TOLD = date(2025, 2, 27)
MONTH, SINCE, UNTIL = "2025-01", date(2024, 4, 1), date(2025, 1, 31)
INDICATORS = {each.number: each for each in definitions().indicators}


@dataclass(frozen=True)
class Borough:
    """An invented borough in the month that is released, and what was told of it."""

    truth: Truth
    counts: Mapping[Cell, int]
    rows: Mapping[tuple[int, str], IndicatorRow]

    def counted(self, population: str, parts: tuple[Fixed, ...]) -> int:
        """The true count, as the program counts it."""
        cells = (Cell(population, tuple(sorted(part.items()))) for part in parts)
        return sum(self.counts[cell] for cell in cells)


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Borough:
    """Told until weeks after the month, so that what had not happened by then is there too."""
    folder = tmp_path_factory.mktemp("borough")
    settings, path = new_settings(folder / "demo"), folder / "truth.jsonl"
    mark_as_demo(settings)
    vault, _ = make_home(settings)
    with running_app(create_app(settings, vault)) as app, app.app_context():
        PlainBase.metadata.create_all(db.engine)
        fill_home(
            cases=CASES, seed=SEED, months=13, truth=path, progress=lambda *_: None, end=LAST_TOLD
        )
        period = period_until(MONTH, LAST_TOLD)
        with read_snapshot() as session:
            tables = count(session, period, standard_catalogue())
            rows = indicator_rows(
                rounded(tables),
                figures_for(session, period.year),
                populations(session, period.year),
                progress_of_plan(session, period.until),
            )
    return Borough(
        read_truth(path, SINCE, UNTIL),
        link(tables).truth,
        {(row.number, row.part): row for row in rows},
    )


def rounded(tables: list[Table]) -> Edition:
    values = round_tables(link(tables), b"k" * 32, "2024-04")
    return Edition(MONTH, "2024-04", tuple(tables), values.values, values.widened)


@pytest.mark.parametrize("number", BY_HAND)
def test_what_is_counted_is_what_its_definition_says_in_words(
    borough: Borough, number: int
) -> None:
    worked = BY_HAND[number](borough.truth)
    counted = {row.name: before_rounding(borough, row) for row in INDICATORS[number].spread()}
    own = {name: found for name, found in counted.items() if found is not None}
    assert own == {name: worked[name] for name in own}
    assert counted.keys() == worked.keys()


def before_rounding(borough: Borough, row: Row) -> object:
    """As by_hand tells it; None for what is not counted in cases or answers."""
    if isinstance(row, Count):
        return borough.counted(row.of, row.part)
    if isinstance(row, Share):
        return borough.counted(row.of, row.part), borough.counted(row.of, row.whole)
    if isinstance(row, Rate):
        return _rate(borough, row.part, row.group)
    if isinstance(row, Disproportion):
        return _rate(borough, row.part, row.group), _rate(borough, row.part, row.other)
    return None


def _rate(borough: Borough, part: Fixed, group: str) -> tuple[int, int]:
    return borough.counted("cases", ({**part, "ethnicity": group},)), RESIDENTS[group]


@pytest.mark.parametrize("number", BY_HAND)
def test_what_is_published_differs_by_no_more_than_rounding_explains(
    borough: Borough, number: int
) -> None:
    for name, found in BY_HAND[number](borough.truth).items():
        row = borough.rows[number, name]
        true, is_too_few = true_value(row, found)
        if row.ratio.marker == "u":
            assert is_too_few, row.indicator
        else:
            assert row.ratio.low is not None, row.indicator
            assert row.ratio.high is not None, row.indicator
            assert row.ratio.low <= round(true, 6) <= row.ratio.high, row.indicator
            assert row.ratio.low <= (row.ratio.value or 0) <= row.ratio.high, row.indicator


def true_value(row: IndicatorRow, found: object) -> tuple[float, bool]:
    """The value without rounding, and whether it may have been too few to publish."""
    match row.unit, found:
        case "%", (int(part), int(whole)):
            return 100 * part / max(1, whole), whole < 55
        case "per 1,000", (int(cases), int(residents)):
            return 1000 * cases / residents, cases < 15
        case "ratio", ((int(cases), int(residents)), (int(white), int(whites))):
            return (cases / residents) / max(1e-9, white / whites), min(cases, white) < 15
    assert isinstance(found, int | float)
    return (round(found, 1) if row.kind == "entered" else found), False


def test_nothing_of_all_this_is_empty(borough: Borough) -> None:
    """A test of counts that are all zero would compare nothing."""
    found = [part for number in BY_HAND for part in BY_HAND[number](borough.truth).values()]
    numbers = [each[0] if isinstance(each, tuple) else each for each in found]
    assert sum(not each or each == (0, 0) for each in numbers) < len(numbers) / 8


def test_direction_of_travel_counts_what_was_published_of_the_others(borough: Borough) -> None:
    ways = Counter(direction_by_hand(borough, INDICATORS[number]) for number in range(4, 34))
    told = {row.part: row.ratio.value for row in borough.rows.values() if row.number == 35}
    assert told == {
        "better": ways["better"],
        "worse": ways["worse"],
        "same": ways["same"],
        "not_yet_known": ways["not yet known"],
    }
    assert sum(ways.values()) == 30
    assert len(ways) >= 3


# The strategy's numbers, and which way they should go: typed here a second time.
BASELINES = {
    4: (5, "down"), 5: (12, "up"), 6: (0, "down"), 8: (42, "up"), 9: (58, "down"),
    10: (55, "down"), 11: (81, "down"), 13: (2.3, "down"), 14: (45, "down"), 15: (30, "down"),
    16: (10, "up"), 18: (196, "down"), 19: (191, "down"), 21: (26, "down"), 22: (2.7, "down"),
    23: (6, "up"), 25: (66, "down"), 26: (26, "up"),
}  # fmt: skip
HEADLINES = {4: "entered", 5: "entered", 6: "entered", 13: "ratio_black", 14: "entered"} | {
    15: "gap",
    16: "entered",
    19: "entered",
    22: "ratio_black",
    23: "entered",
    25: "under_34",
}
IN_POINTS = {8, 9, 10, 11, 14, 15, 16, 21, 23, 25, 26}


def direction_by_hand(borough: Borough, indicator: Indicator) -> str:
    if indicator.number not in BASELINES:
        return "not yet known"
    baseline, wanted = BASELINES[indicator.number]
    ratio = borough.rows[indicator.number, HEADLINES.get(indicator.number, "own")].ratio
    if ratio.low is None or ratio.high is None:
        return "not yet known"
    if ratio.low > baseline and indicator.number != 6:
        return "better" if wanted == "up" else "worse"
    if ratio.high < baseline and indicator.number != 18:  # children are counted until March
        return "worse" if wanted == "up" else "better"
    room = 10 if indicator.number in IN_POINTS else baseline / 5
    is_judged = indicator.number not in {6, 18}
    return "same" if is_judged and ratio.high - ratio.low <= room else "not yet known"


def test_every_number_of_the_strategy_is_worked_out_by_hand() -> None:
    assert [*BY_HAND, 35] == [*range(1, 35), 36, 35]
