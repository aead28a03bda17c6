"""The indicators as they were released: read back from the very files that were signed."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from caseapp.release_files.words import month_words

MARKED = {
    "u": "too few to say",
    "x": "not collected yet",
    "z": "not applicable",
    "c": "suppressed",
}
UNITS = {"%": "%", "per 1,000": " per 1,000", "ratio": " times", "points": " points"}


@dataclass(frozen=True)
class ReleasedRow:
    """One line of indicators.csv. `value` is None where a marker stands alone."""

    number: int
    part: str
    title: str
    value: float | None
    low: float | None
    high: float | None
    marker: str
    unit: str
    baseline: str
    direction: str
    change: float | None
    compared_with: str
    kind: str

    @property
    def shown(self) -> str:
        """The value with its unit; a rounded zero is its range."""
        if self.value is None:
            return MARKED.get(self.marker, "not known")
        if self.marker == "low" and self.high is not None:
            return f"{_number(self.low or 0)} to {_number(self.high)}{self.sign}"
        return f"{_number(self.value)}{self.sign}"

    @property
    def sign(self) -> str:
        return UNITS.get(self.unit, "")

    @property
    def range(self) -> str:
        """From and to, where rounding leaves one and the value does not say it already."""
        if self.value is None or self.low is None or self.high is None or self.low == self.high:
            return ""
        return "" if self.marker == "low" else f"{_number(self.low)} to {_number(self.high)}"

    @property
    def compared(self) -> str:
        """How far it is from what it is compared with, in words."""
        if self.change is None or not self.compared_with:
            return ""
        unit = {"%": " points", "ratio": ""}.get(self.unit, self.sign)
        way = "more" if self.change > 0 else "less"
        than = "the strategy" if self.compared_with == "strategy" else ""
        than = than or month_words(self.compared_with)
        far = f"{_number(abs(self.change))}{unit} {way} than" if self.change else "as"
        return f"{far} in {than}"


def released_rows(files: Mapping[str, bytes]) -> list[ReleasedRow]:
    """Every row in the order of the file; none where a release has no such file."""
    text = files.get("indicators.csv", b"").decode("utf-8-sig")
    return [_row(line) for line in csv.DictReader(io.StringIO(text))]


def _row(line: Mapping[str, str]) -> ReleasedRow:
    return ReleasedRow(
        number=int(line["number"]),
        part=line.get("part", ""),
        title=line["indicator"],
        value=_float(line["value"]),
        low=_float(line["low"]),
        high=_float(line["high"]),
        marker=line["marker"],
        unit=line.get("unit", ""),
        baseline=line["baseline"],
        direction=line["direction"],
        change=_float(line.get("change", "")),
        compared_with=line.get("compared_with", ""),
        kind=line["kind"],
    )


def _float(text: str) -> float | None:
    return float(text) if text else None


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
