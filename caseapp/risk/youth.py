"""Pure decisions about the youth judgement: what the concerns point to, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caseapp.reference import code_list, entry

# Points of a part of life by how directly it does harm, for some concern and for high concern.
# One part of direct harm at high concern is enough for high; protective factors never lower it.
POINTS: Mapping[str, tuple[int, int, int]] = {
    "direct": (0, 2, 6),
    "around": (0, 1, 3),
    "protective": (0, 0, 1),
}
HIGH_FROM, MEDIUM_FROM = 6, 3


@dataclass(frozen=True)
class Domain:
    """A part of a young person's life as the code list words it today."""

    code: str
    label: str
    prompt: str


def domains() -> tuple[Domain, ...]:
    return tuple(
        Domain(found.code, found.label, found.attributes.get("prompt", ""))
        for found in code_list("youth_risk_domain").active
    )


def proposed_level(concerns: Iterable[tuple[str, str]]) -> str:
    """The level that (domain, concern) pairs point to. More concern never lowers it."""
    points = sum(_points(domain, concern) for domain, concern in concerns)
    if points >= HIGH_FROM:
        return "high"
    return "medium" if points >= MEDIUM_FROM else "standard"


def weighing_parts(concerns: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The pairs that make the proposal what it is, the heaviest first."""
    weighing = [pair for pair in concerns if _points(*pair)]
    return tuple(sorted(weighing, key=lambda pair: -_points(*pair)))


def _points(domain: str, concern: str) -> int:
    weight = entry("youth_risk_domain", domain).attributes.get("weight", "around")
    degree = int(entry("youth_concern", concern).attributes.get("degree", "0"))
    return POINTS.get(weight, POINTS["around"])[min(degree, 2)]
