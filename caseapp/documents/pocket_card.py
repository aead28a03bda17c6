"""What stands on the pocket card: ten panels of the size of a bank card, on one page.

Nothing is cut off: an entry that does not fit is left out whole, and `left_out` names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from caseapp.documents.letter_widths import lines_of
from caseapp.languages import catalogue

if TYPE_CHECKING:
    from caseapp.documents.plan_paper import PlanPaper

# In points, as in the template: 54 mm and 85.6 mm less the margins of a panel.
HEIGHT, WIDTH = 132.0, 214.0
SIZE, LINE_HEIGHT, GAP = 9.5, 12.0, 2.0
HEADING_SIZE, HEADING_HEIGHT = 11.0, 14.0
FREE_PANELS = 6


@dataclass(frozen=True, kw_only=True)
class Line:
    """A bold label, may be "", and the words behind it."""

    label: str = ""
    words: str = ""

    @property
    def text(self) -> str:
        return f"{self.label} {self.words}".strip()

    @property
    def height(self) -> float:
        """In points, at most."""
        rows = lines_of(self.text, size=SIZE, width=WIDTH, bold=bool(self.label))
        return rows * LINE_HEIGHT + GAP


Entry = tuple[Line, ...]  # printed whole or not at all


@dataclass(frozen=True, kw_only=True)
class Group:
    """Entries under one heading."""

    heading: str
    entries: tuple[Entry, ...]

    @property
    def heading_height(self) -> float:
        """In points, at most."""
        rows = lines_of(self.heading, size=HEADING_SIZE, width=WIDTH, bold=True)
        return rows * HEADING_HEIGHT + GAP


@dataclass(kw_only=True)
class Panel:
    """One side of one leaf; `parts` from the top."""

    parts: list[tuple[str, list[Line]]] = field(default_factory=list)
    room: float = HEIGHT

    def take(self, group: Group, entry: Entry) -> bool:
        """Print `entry` here, under the heading of its group, if both fit."""
        is_new = not self.parts or self.parts[-1][0] != group.heading
        needed = sum(line.height for line in entry) + (group.heading_height if is_new else 0)
        if needed > self.room:
            return False
        if is_new:
            self.parts.append((group.heading, []))
        self.parts[-1][1].extend(entry)
        self.room -= needed
        return True


@dataclass(frozen=True, kw_only=True)
class Card:
    """The panels of both sides from top to bottom, between the cover, the emergency panel and the
    last one, which never change; and what found no room, an entry each."""

    front: Sequence[Panel]
    back: Sequence[Panel]
    left_out: tuple[str, ...]


def left_out(paper: PlanPaper) -> tuple[str, ...]:
    """The entries of the plan that its pocket card has no room for, as they would be printed."""
    return card_of(paper).left_out


def card_of(paper: PlanPaper) -> Card:
    """The pocket card of a plan. Raises KeyError for a language that we do not print."""
    groups = tuple(_groups(paper))
    panels, missing = min(
        (_packed(groups, FREE_PANELS, apart=apart) for apart in (True, False)),
        key=lambda packed: len(packed[1]),
    )
    helplines, unlisted = _packed([_helplines(paper)], 1, apart=False)
    return Card(front=panels[:3], back=[*panels[3:], *helplines], left_out=(*missing, *unlisted))


def _packed(
    groups: Iterable[Group], count: int, *, apart: bool
) -> tuple[list[Panel], tuple[str, ...]]:
    """The entries in their order on `count` panels; `apart`: each group begins a panel."""
    panels = [Panel() for _ in range(count)]
    now, missing = 0, []
    for group in groups:
        if apart and group.entries and panels[now].parts:
            now = min(now + 1, count - 1)
        for entry in group.entries:
            place = next((n for n in range(now, count) if panels[n].take(group, entry)), None)
            if place is None:
                missing.append(" ".join(line.text for line in entry))
            else:
                now = place
    return panels, tuple(missing)


def _groups(paper: PlanPaper) -> Iterator[Group]:
    _ = catalogue(paper.language).phrase
    sections = paper.sections
    yield _group(
        _("People who help me"),
        ((_line(person.who, person.reach),) for section in sections for person in section.people),
    )
    yield _group(
        _("What I will do"),
        (
            (
                _line(_("If this happens:"), step.when),
                _line(_("I will do this:"), step.then),
            )
            for section in sections
            for step in section.steps
        ),
    )
    yield _group(
        _("Places"),
        (
            (_line(_(place.label) + ":", place.words),)
            for section in sections
            for place in section.places
        ),
    )
    for section in sections:
        yield _group(_(section.heading), ((_line("", idea.words),) for idea in section.own))
    noted = (idea for section in sections for idea in section.worker)
    yield _group(_("My worker’s notes"), ((_line("", idea.words),) for idea in noted))


def _helplines(paper: PlanPaper) -> Group:
    _ = catalogue(paper.language).phrase
    return _group(
        _("People I can talk to"),
        ((_line(line.number, _(line.label)),) for line in paper.helplines),
    )


def _group(heading: str, entries: Iterable[Entry]) -> Group:
    return Group(heading=heading, entries=tuple(entries))


def _line(label: str, words: str) -> Line:
    return Line(label=" ".join(label.split()), words=" ".join(words.split()))
