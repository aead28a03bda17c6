"""Inventing the figures that the analyst enters: police, youth justice and council, by year."""

from collections.abc import Iterator, Mapping
from datetime import date

from caseapp.demo.borough import dice
from caseapp.demo.house_told import FigureTold
from caseapp.demo.period import Period
from caseapp.figures.catalogue import figure_specs

APRIL = 4
SOURCE = "Made up for the demonstration"

# (3.5, 4.3, 4.4) where the strategy has a figure it begins there; the rest is ours.
IN_FIRST_YEAR: Mapping[str, float] = {
    "advocates": 3,
    "injury_rank_volume": 5,
    "injury_rank_rate": 12,
    "injury_trend": 4.2,
    "police_under25_victims": 790,
    "police_under25_outcomes": 610,
    "police_under25_detections": 55,
    "police_da_victims": 1_420,
    "police_da_female_victims": 866,
    "police_da_outcomes": 1_150,
    "police_da_detections": 115,
    "police_sv_outcomes": 310,
    "police_sv_detections": 19,
    "convicted_children": 40,
    "convicted_children_slcn": 18,
    "needs_assessments_da": 191,
}
# What a year adds to the first; the others go up or down a little by chance.
EACH_YEAR: Mapping[str, float] = {
    "advocates": 1.5, "injury_rank_volume": 1, "injury_rank_rate": 1, "injury_trend": -2.1,
}  # fmt: skip
BY_CHANCE = 0.06  # of what is no rank and no trend; parts go with their whole


def invent_figures(seed: int, period: Period) -> Iterator[FigureTold]:
    """One of each for every financial year that the period touches, in the order of the years."""
    for place, year in enumerate(range(_year_of(period.first), _year_of(period.last) + 1)):
        for code, spec in figure_specs().items():
            yield FigureTold(
                year=f"{year}-{(year + 1) % 100:02}",
                code=code,
                value=_value(seed, code, spec.part_of or code, place),
                source=SOURCE,
                dated_on=min(date(year + 1, APRIL - 1, 31), period.last),
            )


def _value(seed: int, code: str, whole: str, place: int) -> float:
    """A part is changed as its whole is, so that it never grows beyond it."""
    if code in EACH_YEAR:
        value = IN_FIRST_YEAR[code] + place * EACH_YEAR[code]
        return float(int(value)) if figure_specs()[code].whole else round(value, 1)
    change = 1 + dice(seed, f"figure {whole} {place}").uniform(-BY_CHANCE, BY_CHANCE)
    return float(int(IN_FIRST_YEAR[code] * change))


def _year_of(day: date) -> int:
    return day.year if day.month >= APRIL else day.year - 1
