"""What a truth file tells of an invented borough, told again as it stood on a day.

Nothing of the program is used: what is worked out from here can show that its counts are wrong.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Told = dict[str, Any]
LONDON = ZoneInfo("Europe/London")


def day_of(text: str | None) -> date | None:
    """The day of a date, or in London of a moment."""
    if not text:
        return None
    if "T" in text:
        return datetime.fromisoformat(text).astimezone(LONDON).date()
    return date.fromisoformat(text)


def is_by(text: str | None, day: date) -> bool:
    """Whether something with a date had happened by the end of the day."""
    found = day_of(text)
    return found is not None and found <= day


def age(born: str, day: date) -> int:
    year, month, number = (int(each) for each in born.split("-"))
    return day.year - year - ((day.month, day.day) < (month, number))


@dataclass(frozen=True)
class Truth:
    """The lines of a file, and the days from which and until which cases are looked at."""

    lines: tuple[Told, ...]
    since: date
    until: date

    @cached_property
    def cases(self) -> list[Told]:
        """Those that were opened from the first day to the last."""
        return [each for each in self.everything("case") if self.holds(day_of(each["opened"]))]

    @cached_property
    def flags_by_person(self) -> dict[int, list[Told]]:
        """Needs belong to a person, whichever of their cases they were found in."""
        found: dict[int, list[Told]] = {}
        for case in self.everything("case"):
            found.setdefault(case["person"]["number"], []).extend(case["flags"])
        return found

    def holds(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.until

    def everything(self, kind: str) -> list[Told]:
        return [line for line in self.lines if line["kind"] == kind]

    def incidents(self) -> list[tuple[Told, Told]]:
        """Each with its case."""
        pairs = ((case, each) for case in self.cases for each in case["incidents"])
        return [(case, each) for case, each in pairs if is_by(each["on"], self.until)]

    def maracs(self) -> list[tuple[Told, Told]]:
        pairs = ((case, each) for case in self.cases for each in case["marac"])
        return [(case, each) for case, each in pairs if is_by(each["on"], self.until)]

    def needs(self, case: Told) -> list[Told]:
        """The flags of the person that had been raised and had not ended."""
        return [
            flag
            for flag in self.flags_by_person[case["person"]["number"]]
            if flag["code"] != "none"
            and is_by(flag["raised_on"], self.until)
            and not is_by(flag["ended_on"], self.until)
        ]

    def answers(self) -> list[Told]:
        """Those of victims."""
        return [each for each in self._answers() if each["stage"] != "community"]

    def answers_of_the_community(self) -> list[Told]:
        return [each for each in self._answers() if each["stage"] == "community"]

    def _answers(self) -> list[Told]:
        first, last = f"{self.since:%Y-%m}", f"{self.until:%Y-%m}"
        return [a for a in self.everything("survey_response") if first <= a["month"] <= last]


def read_truth(path: Path, since: date, until: date) -> Truth:
    lines: Iterable[str] = path.read_text(encoding="utf-8").splitlines()
    return Truth(tuple(json.loads(line) for line in lines), since, until)
