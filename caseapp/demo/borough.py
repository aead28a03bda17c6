"""The borough in figures: who is hurt, where, and what follows.

Numbers in brackets are paragraphs of the serious violence strategy of the Royal Borough of
Kensington and Chelsea, March 2024. "Ours" marks what the strategy does not say: an assumption,
chosen so that the figures it does give come out. Shares are of 1 unless a comment says otherwise.
"""

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

Weights = Mapping[str, float]

PRIORITY_WARDS = ("E05009391", "E05009392", "E05009394", "E05009395", "E05009396")  # (5.1)
OTHER_WARDS = tuple(
    f"E050{number:05}" for number in range(9388, 9406) if f"E050{number:05}" not in PRIORITY_WARDS
)

# (5.1) the priority wards have the most offences of each theme; by how much is ours.
WARDS: Weights = dict.fromkeys(PRIORITY_WARDS, 3.0) | dict.fromkeys(OTHER_WARDS, 0.9)

SERVICES: Weights = {"youth_violence": 0.45, "idva": 0.40, "sexual_violence": 0.15}  # ours


class AgeRange(NamedTuple):
    low: int
    high: int
    share: float


AGES: Mapping[str, tuple[AgeRange, ...]] = {
    # (3.5) young people up to 25; the spread is ours.
    "youth_violence": (
        AgeRange(10, 11, 0.02),
        AgeRange(12, 15, 0.30),
        AgeRange(16, 17, 0.30),
        AgeRange(18, 21, 0.26),
        AgeRange(22, 24, 0.12),
    ),
    # Both must be 16 or over (Domestic Abuse Act 2021); the spread is ours.
    "idva": (
        AgeRange(16, 17, 0.02),
        AgeRange(18, 24, 0.16),
        AgeRange(25, 33, 0.32),
        AgeRange(34, 59, 0.43),
        AgeRange(60, 84, 0.07),
    ),
    # (4.4) 66% under 34 and 21% from 18 to 24; how the rest divides is ours.
    "sexual_violence": (
        AgeRange(13, 17, 0.18),
        AgeRange(18, 24, 0.21),
        AgeRange(25, 33, 0.27),
        AgeRange(34, 59, 0.29),
        AgeRange(60, 80, 0.05),
    ),
}


class Harm(NamedTuple):
    """A kind of incident, its share within the service, and how many of its victims are female."""

    offence: str
    share: float
    female: float
    knife_injury: bool = False


HARMS: Mapping[str, tuple[Harm, ...]] = {
    # (4.4) under 25: non-domestic assaults 55% female, robbery 81% male, knife injury 14 male of
    # 18. The female share of each other kind is ours, so that all under 25 come to 58%.
    "youth_violence": (
        Harm("grievous_bodily_harm", 0.04, 4 / 18, knife_injury=True),
        Harm("actual_bodily_harm", 0.02, 4 / 18, knife_injury=True),
        Harm("grievous_bodily_harm", 0.08, 0.60),
        Harm("actual_bodily_harm", 0.20, 0.60),
        Harm("common_assault", 0.10, 0.60),
        Harm("personal_robbery", 0.20, 0.19),
        Harm("threats_to_kill", 0.10, 0.50),
        Harm("exploitation", 0.14, 0.54),
        Harm("sexual_assault", 0.05, 0.88),
        Harm("harassment_or_stalking", 0.04, 0.60),
        Harm("violence_against_property", 0.02, 0.50),
        Harm("homicide", 0.01, 4 / 18, knife_injury=True),
    ),
    # (4.4) 91% of those referred for domestic abuse are female; the mix of offences is ours.
    "idva": (
        Harm("controlling_or_coercive", 0.245, 0.91),
        Harm("actual_bodily_harm", 0.20, 0.91),
        Harm("common_assault", 0.16, 0.91),
        Harm("harassment_or_stalking", 0.14, 0.91),
        Harm("threats_to_kill", 0.08, 0.91),
        Harm("rape", 0.06, 0.91),
        Harm("grievous_bodily_harm", 0.04, 0.91),
        Harm("violence_against_property", 0.04, 0.91),
        Harm("sexual_assault", 0.03, 0.91),
        Harm("grievous_bodily_harm", 0.005, 0.91, knife_injury=True),
    ),
    # Ours: the strategy gives no share of women among those hurt by sexual violence.
    "sexual_violence": (
        Harm("rape", 0.45, 0.90),
        Harm("sexual_assault", 0.40, 0.88),
        Harm("assault_by_penetration", 0.12, 0.90),
        Harm("exploitation", 0.03, 0.85),
    ),
}

SEXUAL = frozenset({"rape", "sexual_assault", "assault_by_penetration"})
SEXUAL_CASES_THAT_ARE_DOMESTIC = 0.25  # ours

# (4.4) 42% of victims under 25 live in the borough, 26% of victims of sexual violence. The first
# figure is higher than 42% because some under-25s belong to the second; the third is ours.
LIVES_IN_BOROUGH = {"sexual_violence": 0.26, "under_25": 0.465, "others": 0.80}
RESIDENCE_NOT_KNOWN = 0.01  # ours
NO_FIXED_ADDRESS = 0.02  # ours

# Census 2021, all ages; the table of denominators in the product can be replaced, this is a demo.
POPULATION: Weights = {
    "white": 91_394,
    "mixed": 9_525,
    "asian": 17_025,
    "black": 11_279,
    "other": 14_150,
}
# (4.4) victims per 1,000 residents: Black 43.1 and White 18.5 under 25; Black 30.8 and White 11.5
# for domestic abuse. The other groups are ours. Shares are rate × population.
RATES_UNDER_25: Weights = {"white": 18.5, "mixed": 28, "asian": 15, "black": 43.1, "other": 24}
RATES_DOMESTIC: Weights = {"white": 11.5, "mixed": 17, "asian": 12, "black": 30.8, "other": 16}

# (4.4) 26% of ethnicity is missing for domestic abuse; the others are ours.
ETHNICITY_MISSING = {"domestic_abuse": 0.26, "sexual_violence": 0.14, "youth_violence": 0.08}
MISSING_ETHNICITY: Weights = {"not_asked": 0.40, "not_known": 0.45, "prefer_not_to_say": 0.15}

# Within a group: ours, leaning on the Census for the borough.
ETHNICITIES: Mapping[str, Weights] = {
    "white": {
        "white_british": 0.55,
        "white_irish": 0.04,
        "white_gypsy_traveller": 0.01,
        "white_roma": 0.02,
        "white_other": 0.38,
    },
    "mixed": {
        "mixed_white_black_caribbean": 0.34,
        "mixed_white_black_african": 0.18,
        "mixed_white_asian": 0.22,
        "mixed_other": 0.26,
    },
    "asian": {
        "asian_indian": 0.20,
        "asian_pakistani": 0.10,
        "asian_bangladeshi": 0.14,
        "asian_chinese": 0.21,
        "asian_other": 0.35,
    },
    "black": {"black_caribbean": 0.32, "black_african": 0.55, "black_other": 0.13},
    "other": {"other_arab": 0.48, "other_any": 0.52},
}

# (4.4) 45% of children with violent convictions have speech, language, communication or
# neuro-disability concerns; taken here for under-18s of the youth violence service. Rest ours.
SLCN = {"child_in_youth_violence": 0.45, "adult_in_youth_violence": 0.20, "others": 0.08}
# (4.4) 17% of those referred to MARAC are disabled; taken for all domestic abuse. Rest ours.
DISABLED: Weights = {"idva": 0.17, "sexual_violence": 0.19, "youth_violence": 0.10}

# (4.4) detections among outcomes: domestic abuse 10%, sexual violence 6%, under 25 "low": 9% is
# ours. What is reported and how the rest divides is ours.
DETECTED = {"sexual_violence": 0.06, "domestic_abuse": 0.103, "youth_violence": 0.09}
REPORTED = {"sexual_violence": 0.50, "domestic_abuse": 0.62, "youth_violence": 0.66}
DETECTIONS: Weights = {"1": 0.80, "2": 0.05, "3": 0.08, "4": 0.03, "6": 0.04}
NO_DETECTIONS: Weights = {
    "8": 0.03, "9": 0.02, "10": 0.02, "14": 0.17, "15": 0.24, "16": 0.28, "18": 0.18, "20": 0.02,
    "21": 0.03, "22": 0.01,
}  # fmt: skip
NO_SUSPECT = frozenset({"14", "18"})  # where the suspect is known, 16 and 15 take their place


def dice(seed: int, what: str | int) -> Random:
    """The chances of one thing. Each has its own, so that a change in one leaves the rest alone."""
    return Random(f"{seed}:{what}")  # noqa: S311 - invented people hold no secret


def pick(rng: Random, weights: Weights) -> str:
    """One key, drawn in proportion to its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def pick_harm(rng: Random, service: str, sex: str | None) -> Harm:
    """A kind of incident; once the sex is known, in the same proportion to it as in the figures."""
    harms = HARMS[service]
    weights = [harm.share * _share_of(harm, sex) for harm in harms]
    return rng.choices(harms, weights)[0]


def pick_ethnic_group(rng: Random, rates: Weights) -> str:
    return pick(rng, {group: rate * POPULATION[group] for group, rate in rates.items()})


def pick_age(rng: Random, service: str) -> int:
    ranges = AGES[service]
    found = rng.choices(ranges, [one.share for one in ranges])[0]
    return rng.randint(found.low, found.high)


def _share_of(harm: Harm, sex: str | None) -> float:
    if sex is None:
        return 1.0
    return harm.female if sex == "female" else 1 - harm.female
