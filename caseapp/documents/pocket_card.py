"""What stands on the pocket card: ten panels of the size of a bank card, on one page.

Nothing is cut off: an entry that does not fit is left out whole, and `left_out` names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from caseapp.documents.letter_widths import lines_of
from caseapp.languages import catalogue

if TYPE_CHECKING:
    from caseapp.documents.plan_paper import PlanPaper

# In points, as in the template: 54 mm and 85.6 mm less the margins of a panel.
HEIGHT, WIDTH = 135.0, 214.0
SIZE, GAP, HEADING_SIZE = 9.5, 2.0, 11.0
# One more than in the template: a line with letters of several typefaces grows by up to that.
LINE_HEIGHT, HEADING_HEIGHT = 13.0, 15.0
FREE_PANELS = 6


@dataclass(frozen=True, kw_only=True)
class Line:
    """A bold label, may be "", and the words behind it. A phrase of ours may be markup."""

    label: str = ""
    words: str = ""

    @property
    def text(self) -> str:
        return f"{_plain(self.label)} {_plain(self.words)}".strip()

    @cached_property  # asked for by each panel; an answer may have ten thousand words
    def height(self) -> float:
        """In points, at most."""
        rows = lines_of(self.text, size=SIZE, width=WIDTH, bold=bool(self.label))
        return rows * LINE_HEIGHT + GAP


Entry = tuple[Line, ...]  # printed whole or not at all
Say = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Entries under one heading."""

    heading: str
    entries: tuple[Entry, ...]

    @property
    def heading_height(self) -> float:
        """In points, at most."""
        rows = lines_of(_plain(self.heading), size=HEADING_SIZE, width=WIDTH, bold=True)
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
    """The entries of the plan that its pocket card has no room for, as they would be printed.

    Raises KeyError for a language that we do not print.
    """
    return card_of(paper, catalogue(paper.language).phrase).left_out


def card_of(paper: PlanPaper, say: Say) -> Card:
    """The pocket card of a plan, its phrases said by `say`, which takes them in English."""
    groups = tuple(_groups(paper, say))
    panels, missing = min(
        (_packed(groups, FREE_PANELS, apart=apart) for apart in (True, False)),
        key=lambda packed: len(packed[1]),
    )
    helplines, unlisted = _packed([_helplines(paper, say)], 1, apart=False)
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


def _groups(paper: PlanPaper, _: Say) -> Iterator[Group]:
    """What matters most comes first: the last ones are left out before the others."""
    sections = paper.sections
    for each in sections:
        yield _group(_(each.heading), (_line(one.who, one.reach) for one in each.people))
    when, then = _("If this happens:"), _("I will do this:")
    for each in sections:
        steps = (_line(when, step.when) + _line(then, step.then) for step in each.steps)
        yield _group(_(each.heading), steps)
    for each in sections:
        places = (_line(_(place.label), place.words) for place in each.places)
        yield _group(_(each.heading), places)
    for each in sections:
        yield _group(_(each.heading), (_line("", idea.words) for idea in each.own))
    noted = (_line("", idea.words) for each in sections for idea in each.worker)
    yield _group(_("My worker’s notes"), noted)


def _helplines(paper: PlanPaper, _: Say) -> Group:
    lines = (_line(line.number, _(line.label)) for line in paper.helplines)
    return _group(_("People I can talk to"), lines)


def _group(heading: str, entries: Iterable[Entry]) -> Group:
    return Group(heading=heading, entries=tuple(filter(None, entries)))


def _line(label: str, words: str) -> Entry:
    """One line, or none where nothing is said; who may be reached nowhere is a line too."""
    label, words = _one_line(label), _one_line(words)
    if not words:
        label, words = "", label
    return (Line(label=label, words=words),) if words else ()


def _one_line(text: str) -> str:
    return text if isinstance(text, Markup) else " ".join(text.split())


def _plain(text: str) -> str:
    return text.striptags() if isinstance(text, Markup) else text
