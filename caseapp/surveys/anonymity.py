"""Facts are kept only as far as many who answered share all of them. Pure: knows no database.

Splitting begins with one class of everybody who was asked the same, and goes on fact by fact. A
value becomes a class of its own where enough have it. All the others stay together with the fact
hidden; where they are too few the smallest class joins them, so that "hidden" is no value of few
either. Each class at the end holds enough, or nothing is said of anybody.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from caseapp.surveys.facts import Facts
from caseapp.surveys.rules import NOT_SAID

ENOUGH = 5  # who answered and share all that is said of them, in the box as in a batch
HIDDEN: Mapping[str, Any] = {  # in the order of splitting: what indicators need stands first
    "justice_outcome": NOT_SAID,
    "theme": (),
    "service": "",
    "sex": NOT_SAID,
    "age_band": NOT_SAID,
    "ethnicity": NOT_SAID,
}


def hidden(facts: Facts) -> Facts:
    """What was asked, and nothing else."""
    return replace(facts, **HIDDEN)


def coarse_together(facts: Sequence[Facts], least: int = ENOUGH) -> list[Facts]:
    """Each as far as `least` of all these share it, in the same order."""
    found = classes(Counter(facts), least)
    return [found[each] for each in facts]


def classes(counts: Mapping[Facts, int], least: int) -> dict[Facts, Facts]:
    """What becomes of each facts, where `counts` says how many have them."""
    asked = _grouped(counts, lambda facts: (facts.questionnaire, facts.version, facts.stage))
    found = [(hidden(group[0]), group) for group in asked.values()]
    for name in HIDDEN:
        found = [part for each in found for part in _parts(*each, name, counts, least)]
    return {facts: kept for kept, group in found for facts in group}


def _parts(
    kept: Facts, group: Iterable[Facts], name: str, counts: Mapping[Facts, int], least: int
) -> Iterator[tuple[Facts, list[Facts]]]:
    """The classes that one class falls into by one fact, each of `least` or more."""

    def size(of: Iterable[Facts]) -> int:
        return sum(counts[facts] for facts in of)

    by_value = _grouped(group, lambda facts: getattr(facts, name))
    rest = by_value.pop(HIDDEN[name], [])
    while by_value:
        smallest = min(by_value, key=lambda value: (size(by_value[value]), repr(value)))
        if size(by_value[smallest]) >= least and (not rest or size(rest) >= least):
            break
        rest += by_value.pop(smallest)
    if rest:
        yield kept, rest
    for value, members in by_value.items():
        yield replace(kept, **{name: value}), members


def _grouped(facts: Iterable[Facts], by: Callable[[Facts], Any]) -> dict[Any, list[Facts]]:
    groups: dict[Any, list[Facts]] = defaultdict(list)
    for each in facts:
        groups[by(each)].append(each)
    return dict(groups)
