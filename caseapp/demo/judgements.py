"""Inventing what a judgement of risk was made with: a DASH, a youth judgement, or neither."""

from random import Random

from msgspec.structs import replace

from caseapp.demo import casework_words
from caseapp.demo.borough import pick
from caseapp.demo.lives import CaseTold, RiskTold
from caseapp.demo.telling import tell
from caseapp.reference import choices
from caseapp.risk.rules import DASH, MOST, PLAIN, YOUTH, level_by_score
from caseapp.risk.youth import proposed_level

# Ours, all of them.
USES_TOOL = {"idva": (DASH, 0.88), "youth_violence": (YOUTH, 0.7), "sexual_violence": (PLAIN, 0)}
SCORES = {"standard": (5, 9), "medium": (10, 13), "high": (14, 20)}
RAISED = 0.12  # of high ones: the worker judged higher than the score
CONCERNS_AT = {
    "standard": {"none": 0.6, "some": 0.2, "high": 0.0, "not_known": 0.2},
    "medium": {"none": 0.5, "some": 0.32, "high": 0.03, "not_known": 0.15},
    "high": {"none": 0.15, "some": 0.45, "high": 0.3, "not_known": 0.1},
}
TRIES = 25  # for concerns that point to the level; after them the worker judged otherwise
DIRECT_AT_HIGH = ("harm_from_others", "exploitation", "weapons")


def with_tools(rng: Random, told: CaseTold) -> tuple[RiskTold, ...]:
    """The judgements of a case, each as it was made; the items of one DASH lead to the next."""
    tool, share = USES_TOOL[told.service]
    items: tuple[int, ...] = ()
    judged = []
    for one in told.risk:
        used = rng.random() < share
        if used and tool == DASH:
            one = as_dash(rng, one, items)
            items = one.items
        elif used:
            one = _as_youth(rng, one, told.person.given_name)
        judged.append(one)
    return tuple(judged)


def as_dash(rng: Random, judged: RiskTold, earlier: tuple[int, ...] = ()) -> RiskTold:
    """A score that makes this level, or a lower one above which the worker raised it."""
    raised = judged.level == "high" and rng.random() < RAISED
    score = rng.randint(*SCORES["medium" if raised else judged.level])
    kept = rng.sample(earlier, min(len(earlier), score * 3 // 4))
    others = [item for item in range(1, MOST + 1) if item not in kept]
    items = tuple(sorted([*kept, *rng.sample(others, score - len(kept))]))
    return replace(judged, how=DASH, items=items, proposed=level_by_score(score))


def _as_youth(rng: Random, judged: RiskTold, name: str) -> RiskTold:
    """Concerns that point to this level."""
    drawn = (_concerns(rng, judged.level) for _ in range(TRIES))
    pairs = next((each for each in drawn if proposed_level(each) == judged.level), ())
    pairs = pairs or _concerns(rng, judged.level)
    said = [code for code, concern in pairs if concern in {"some", "high"}]
    return replace(
        judged,
        how=YOUTH,
        concerns=pairs,
        words=tuple((code, tell(rng, casework_words.CONCERNS[code], name)) for code in said),
        proposed=proposed_level(pairs),
    )


def _concerns(rng: Random, level: str) -> tuple[tuple[str, str], ...]:
    weights = CONCERNS_AT[level]
    concerns = {code: pick(rng, weights) for code, _ in choices("youth_risk_domain")}
    if level == "high":
        concerns[rng.choice(DIRECT_AT_HIGH)] = "high"
    return tuple(concerns.items())
