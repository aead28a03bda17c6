"""The paper for a person that says who opened their record, and how it becomes HTML.

There is no field for the person's name, their case or what stands in it, and no team is named:
whoever finds the paper must not learn from it what kind of help this is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from caseapp.documents.typesetting import typeset

FILE_NAME = "my-information.pdf"
TITLE = "My information"

ROLES = {"advocate": "worker", "manager": "manager"}
DID = {
    "read": "read it",
    "wrote": "wrote in it",
    "copied": "printed or saved a part of it",
}
WHY = {
    "assigned": "They are your worker.",
    "same_team": "They work with your worker.",
    "supervises": "They lead the team of your worker.",
    "leads_team": "They lead the team of your worker.",
    "broke_glass": "They are in another team. They said that it could not wait.",
}
OTHERWISE = "They look after the computer system."


@dataclass(frozen=True, kw_only=True)
class AccessLine:
    """What one person did on one day. `manners`: keys of DID; `reason`: a key of WHY, or ""."""

    day: date
    first: datetime
    last: datetime
    who: str
    role: str
    manners: tuple[str, ...]
    reason: str

    @property
    def did(self) -> str:
        """'read it and wrote in it'."""
        *most, last = (DID[manner] for manner in self.manners)
        return f"{', '.join(most)} and {last}" if most else last

    @property
    def why(self) -> str:
        return WHY.get(self.reason, OTHERWISE)

    @property
    def times(self) -> str:
        """'at 9:05am', or 'between 9:05am and 4pm'."""
        first, last = _clock(self.first), _clock(self.last)
        return f"at {first}" if first == last else f"between {first} and {last}"

    @property
    def name(self) -> str:
        role = ROLES.get(self.role, self.role)
        return f"{self.who}, {role}" if role else self.who


@dataclass(frozen=True, kw_only=True)
class AccessPaper:
    """Who opened one record, the newest day first."""

    lines: tuple[AccessLine, ...]
    made_on: date

    def days(self) -> list[tuple[date, list[AccessLine]]]:
        return [(day, list(lines)) for day, lines in groupby(self.lines, lambda line: line.day)]


def access_html(paper: AccessPaper) -> str:
    """Return the whole HTML document."""
    return typeset("documents/who_opened.html", paper=paper, title=TITLE)


def _clock(moment: datetime) -> str:
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02}{'am' if moment.hour < 12 else 'pm'}"
