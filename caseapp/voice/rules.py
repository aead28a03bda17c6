"""Which answers may stand together as a figure: pure decisions, the same each time.

Answers come in batches. They are counted in **steps**: runs of whole batches that hold ten answers
or more, so that a figure moves only when ten more have come, and any two dates or periods differ by
none or by ten. What a group said is told in longer **stretches** of steps, of forty answers or
more, in each of which the group has ten or more, and so have those who are left over. A stretch is
shown when it is full and never changes again: among fewer than forty nobody is told apart, and the
newest answers are in the totals alone until their stretch is full. Groups of two facts are told
apart in the same stretches, so that one breakdown taken from another leaves none or ten as well.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

FEWEST = 10  # answers behind a figure, and between any two figures
STRETCH = 40  # answers in which groups are told apart; in fewer, hardly a group has ten
NEAREST = 5  # per cent
NOT_SAID = "not_said"
MIXED = "more_than_one"
REST = ""  # those who said nothing, and those of groups that are too small

# In the order in which they may be told apart: where two of them together would show somebody, the
# later one says less.
FACTS = ("justice_outcome", "theme", "service", "sex", "age_band", "ethnicity")


@dataclass(frozen=True)
class Voice:
    """One answer to one question. `facts`: a group for each of FACTS, NOT_SAID where it is hidden;
    `said`: codes of what was said."""

    facts: Mapping[str, str]
    said: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """The answers to one question that were let in together. `month`: YYYY-MM."""

    month: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Run:
    """Batches next to each other, taken as one: their first and last month."""

    since: str
    until: str
    voices: tuple[Voice, ...]


def steps(batches: Iterable[Batch]) -> list[Run]:
    """Runs of ten answers or more; the newest, where they are fewer, wait."""
    return _runs([Run(each.month, each.month, each.voices) for each in batches], FEWEST)


def stretches(batches: Iterable[Batch]) -> list["Stretch"]:
    """Runs of steps in which groups are told apart."""
    found, waiting = [], list[Run]()
    for step in steps(batches):
        waiting.append(step)
        if sum(len(each.voices) for each in waiting) >= STRETCH:
            found.append(Stretch(tuple(waiting)))
            waiting = []
    return found


def heard(batches: Iterable[Batch], since: str, until: str) -> tuple[Voice, ...]:
    """Everybody who may be counted in a period of whole months: nobody, or ten or more."""
    inside = (each for each in steps(batches) if since <= each.since and each.until <= until)
    return tuple(voice for step in inside for voice in step.voices)


def heard_by(
    batches: Iterable[Batch], since: str, until: str, fact: str
) -> dict[str, tuple[Voice, ...]]:
    """The groups of a fact that may be told apart in a period, each of ten or more."""
    groups: dict[str, tuple[Voice, ...]] = {}
    for stretch in stretches(batches):
        if since <= stretch.steps[0].since and stretch.steps[-1].until <= until:
            for group, voices in stretch.groups(fact).items():
                groups[group] = groups.get(group, ()) + voices
    return groups


@dataclass(frozen=True)
class Stretch:
    """Steps that are told apart by groups together."""

    steps: tuple[Run, ...]

    @property
    def voices(self) -> tuple[Voice, ...]:
        return tuple(voice for step in self.steps for voice in step.voices)

    def groups(self, fact: str) -> dict[str, tuple[Voice, ...]]:
        """Those of ten or more that may be shown; the rest is left out."""
        voices, parts = self.voices, self.parts()[fact]
        return {
            group: tuple(v for v, part in zip(voices, parts, strict=True) if part == group)
            for group in sorted(set(parts) - {REST})
        }

    def parts(self) -> dict[str, tuple[str, ...]]:
        """For each fact the part that each answer is in: a group, or REST."""
        by_step = tuple(str(n) for n, step in enumerate(self.steps) for _ in step.voices)
        found: dict[str, tuple[str, ...]] = {}
        for fact in FACTS:
            groups = [voice.facts[fact] for voice in self.voices]
            found[fact] = _parted(groups, [by_step, *found.values()])
        return found


def _parted(groups: Sequence[str], others: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Show the groups of ten or more; hide the smallest of them for as long as the rest, or
    anything that two ways of parting the answers leave between them, is one to nine."""
    sizes = Counter(group for group in groups if group != NOT_SAID)
    shown = sorted((g for g in sizes if sizes[g] >= FEWEST), key=lambda g: (sizes[g], g))
    while shown:
        parts = tuple(group if group in shown else REST for group in groups)
        if not any(shows_few(parts, each) for each in others):  # which sees a small rest too
            return parts
        shown.pop(0)
    return (REST,) * len(groups)


def shows_few(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether parts of `other` that lie within parts of `one` leave one to nine answers over.

    Either way round: what some parts of one leave of parts of the other, all the rest of the other
    leaves of all the rest of the one.
    """
    sizes, inside = Counter(other), Counter(one)
    spread: dict[str, set[str]] = {part: set() for part in sizes}
    for mine, theirs in zip(one, other, strict=True):
        spread[theirs].add(mine)
    for chosen in _choices(sorted(inside)):
        held = sum(size for part, size in sizes.items() if spread[part] <= chosen)
        if _is_few(sum(inside[part] for part in chosen) - held):
            return True
    return False


def _choices(parts: Sequence[str]) -> Iterable[set[str]]:
    for size in range(len(parts) + 1):
        for chosen in combinations(parts, size):
            yield set(chosen)


def _is_few(number: int) -> bool:
    return 0 < number < FEWEST


def _runs(items: Iterable[Run], least: int) -> list[Run]:
    found, waiting = [], list[Run]()
    for item in items:
        waiting.append(item)
        voices = tuple(voice for each in waiting for voice in each.voices)
        if len(voices) >= least:
            found.append(Run(waiting[0].since, item.until, voices))
            waiting = []
    return found


def per_cent(voices: Sequence[Voice], code: str) -> int | None:
    """Of the answers, to the nearest five; None where they are fewer than ten.

    So few answers say no more than that, and of forty answers or more it hides how many said
    something. Of ten to forty that can be worked out from a share; the team may know it, and the
    figures for outside, which hide it too, come from the release alone.
    """
    if len(voices) < FEWEST:
        return None
    share = 100 * sum(code in voice.said for voice in voices) / len(voices)
    return NEAREST * int(share / NEAREST + 0.5)


def at_least(voices: Sequence[Voice]) -> int:
    """How many answered, down to the ten: 50 for 58."""
    return len(voices) // FEWEST * FEWEST
