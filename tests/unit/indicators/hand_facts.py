"""What the definitions in words mean for one case, one incident or one answer of a truth file."""

from collections.abc import Callable, Iterable
from datetime import date

from tests.truth import Told, Truth, age, day_of, is_by

Count = int
Part = tuple[int, int]  # how many of how many
Rate = tuple[int, int]  # cases, residents
Times = tuple[Rate, Rate]  # a rate, and the White one
Exact = float
Worked = dict[str, Count | Part | Times | Exact]  # by the name of the row

DETECTIONS = {"1", "2", "3", "4", "6", "7"}
OTHER_OUTCOMES = {"5", *(str(number) for number in range(8, 23))}
RESIDENTS = {"white": 91394, "asian": 17025, "black": 11279, "mixed": 9525, "other": 14150}
GROUPS = (*RESIDENTS, "unknown")


def age_of(case: Told) -> int:
    opened = day_of(case["opened"])
    assert opened is not None
    return age(case["person"]["date_of_birth"], opened)


def is_young(case: Told) -> bool:
    return age_of(case) < 25


def is_female(case: Told) -> bool:
    return bool(case["person"]["sex"] == "female")


def is_male(case: Told) -> bool:
    return bool(case["person"]["sex"] == "male")


def lives_here(case: Told) -> bool:
    return bool(case["person"]["residence"] == "in_borough")


def has(theme: str) -> Callable[[Told], bool]:
    return lambda case: theme in case["theme"]


def domestic_abuse(t: Truth) -> list[Told]:
    return [case for case in t.cases if "domestic_abuse" in case["theme"]]


def sexual_violence(t: Truth) -> list[Told]:
    return [case for case in t.cases if "sexual_violence" in case["theme"]]


def group_of(case: Told) -> str:
    """The codes of ethnic groups begin with their group; the others say that it is not known."""
    first = case["person"]["ethnicity"].split("_")[0]
    return first if first in RESIDENTS else "unknown"


def has_plan(t: Truth, case: Told) -> bool:
    plan = case["plan"]
    return bool(plan) and any(is_by(each["written_at"], t.until) for each in plan["versions"])


def is_disabled(t: Truth, case: Told) -> bool:
    return any(
        flag["list_name"] == "disability"
        and flag["long_lasting"]
        and flag["limits"] in {"a_lot", "a_little"}
        for flag in t.needs(case)
    )


def has_health_need(t: Truth, case: Told) -> bool:
    return any(flag["code"] == "health_need" for flag in t.needs(case))


def was_accepted(case: Told, until: date) -> bool:
    """By a service: the MARAC is a meeting."""
    return any(
        is_by(each["on"], until)
        and each["kind"] != "marac"
        and each["decision"] == "accepted"
        and is_by(each["decided_on"] or each["on"], until)
        for each in case["referrals"]
    )


def is_knife_injury(incident: Told) -> bool:
    blade = incident["weapon"] in {"knife", "other_sharp"}
    return blade and incident["injury"] in {"minor", "treated", "admitted", "life_threatening"}


def is_there(child: Told, opened: date, until: date) -> bool:
    """Born by the last day, or expected by then, and no adult when the case was opened."""
    if child["date_of_birth"]:
        born = is_by(child["date_of_birth"], until)
        return born and age(child["date_of_birth"], opened) < 18
    return not child["expected_on"] or is_by(child["expected_on"], until)


def law_on(incident: Told, day: date) -> tuple[str, list[str]]:
    """The outcome and the reasons as they stood: an outcome from the day on which it was given,
    anything else from the day on which it was noted."""
    code, reasons, before = "", [], ""
    for step in incident["steps"]:
        new = step["outcome"] != before
        before = step["outcome"]
        if is_by((step["outcome_on"] if new else None) or step["on"], day):
            code, reasons = step["outcome"], step["no_outcome_reasons"]
    return (code if incident["reported"] else "not_reported"), reasons


def detection_rate(t: Truth, is_meant: Callable[[Told], bool]) -> Part:
    codes = [law_on(each, t.until)[0] for case, each in t.incidents() if is_meant(case)]
    detected = sum(code in DETECTIONS for code in codes)
    return detected, detected + sum(code in OTHER_OUTCOMES for code in codes)


def by_group(cases: list[Told]) -> Worked:
    """Rates of those whose residents are counted, the others' number, and times the White rate."""
    number = {group: sum(group_of(case) == group for case in cases) for group in GROUPS}
    rates = {group: (number[group], residents) for group, residents in RESIDENTS.items()}
    found: Worked = {"rate_unknown": number["unknown"]}
    for group, rate in rates.items():
        found[f"rate_{group}"] = rate
        if group != "white":
            found[f"ratio_{group}"] = (rate, rates["white"])
    return found


def entered(t: Truth, code: str) -> Exact:
    year = f"{t.since.year}-{(t.since.year + 1) % 100:02}"
    (found,) = (e for e in t.everything("figure") if (e["year"], e["code"]) == (year, code))
    return float(found["value"])


def percent(t: Truth, part: str, whole: str) -> Exact:
    return 100 * entered(t, part) / entered(t, whole)


def said_of_the_law(answers: Iterable[Told], word: str) -> list[Told]:
    return [each for each in answers if each["justice_outcome"] == word]


def agreeing(answers: Iterable[Told], item: str) -> Part:
    points = [dict(map(tuple, each["answers"])).get(item) for each in answers]
    agree = sum(point in {"agree", "strongly_agree"} for point in points)
    others = sum(point in {"neither", "disagree", "strongly_disagree"} for point in points)
    return agree, agree + others
