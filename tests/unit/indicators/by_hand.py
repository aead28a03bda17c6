"""The 36 indicators worked out by hand: from their definitions in words, on a truth file.

Codes and numbers are typed here a second time, so that a mistake in the program's own is seen.
"""

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
PRIORITY_WARDS = {"E05009391", "E05009392", "E05009394", "E05009395", "E05009396"}
RESIDENTS = {"white": 91394, "asian": 17025, "black": 11279, "mixed": 9525, "other": 14150}
GROUPS = (*RESIDENTS, "unknown")
REASONS = (
    "not_reported", "fear_of_retaliation", "distrust_of_police", "delay", "pressure_from_others",
    "did_not_understand", "safety_first", "immigration_worry", "civil_route", "evidence",
    "no_suspect", "not_told",
)  # fmt: skip
HELPED = (
    "being_believed", "same_worker", "safety_plan", "safer_home", "police_and_courts",
    "justice_done", "health_and_counselling", "money_and_housing", "school_or_work",
    "own_language", "family_and_friends", "something_else", "nothing_yet",
)  # fmt: skip


def indicator_1(t: Truth) -> Worked:
    ours = [case for case in t.cases if is_young(case)]
    planned = sum(has_plan(t, case) for case in ours)
    return {"own": planned, "share": (planned, len(ours))}


def indicator_2(t: Truth) -> Worked:
    return {"entered": entered(t, "advocates")}


def indicator_3(t: Truth) -> Worked:
    offers = [
        alleged["programme"]
        for case in t.cases
        for alleged in case["alleged"]
        if alleged["recorded"] and alleged["programme"]
    ]
    offers = [each for each in offers if is_by(each["offered_on"], t.until)]
    supported = sum(
        each["victim_support"] in {"by_us", "by_others"}
        and is_by(each["supported_since"] or each["offered_on"], t.until)
        for each in offers
    )
    return {"own": (supported, len(offers)), "supported": supported}


def indicator_4(t: Truth) -> Worked:
    return {"entered": entered(t, "injury_rank_volume")}


def indicator_5(t: Truth) -> Worked:
    return {"entered": entered(t, "injury_rank_rate")}


def indicator_6(t: Truth) -> Worked:
    return {"entered": entered(t, "injury_trend")}


def indicator_7(t: Truth) -> Worked:
    police = percent(t, "police_under25_detections", "police_under25_outcomes")
    return {"own": detection_rate(t, is_young), "entered": police}


def indicator_8(t: Truth) -> Worked:
    ours = [case for case in t.cases if is_young(case)]
    return {"own": (sum(lives_here(case) for case in ours), len(ours))}


def indicator_9(t: Truth) -> Worked:
    ours = [case for case in t.cases if is_young(case)]
    return {"own": (sum(is_female(case) for case in ours), len(ours))}


def indicator_10(t: Truth) -> Worked:
    assaults = {"grievous_bodily_harm", "actual_bodily_harm", "common_assault"}
    victims = [
        case
        for case, incident in t.incidents()
        if is_young(case) and incident["offence"] in assaults and not incident["domestic"]
    ]
    return {"own": (sum(is_female(case) for case in victims), len(victims))}


def indicator_11(t: Truth) -> Worked:
    robbed = [
        case
        for case, incident in t.incidents()
        if is_young(case) and incident["offence"] == "personal_robbery"
    ]
    return {"own": (sum(is_male(case) for case in robbed), len(robbed))}


def indicator_12(t: Truth) -> Worked:
    """Since April: a single edition knows no more."""
    stabbed = [case for case, incident in t.incidents() if is_knife_injury(incident)]
    young = [case for case in stabbed if is_young(case)]
    men = sum(is_male(case) for case in young)
    return {
        "own": men,
        "everybody": len(young),
        "all_ages": sum(is_male(case) for case in stabbed),
        "share": (men, len(young)),
    }


def indicator_13(t: Truth) -> Worked:
    rates = by_group([case for case in t.cases if is_young(case)])
    return {**rates, "entered": entered(t, "police_under25_victims")}


def indicator_14(t: Truth) -> Worked:
    ours = [case for case in t.cases if "youth_violence" in case["theme"] and age_of(case) < 18]
    with_need = sum(any(f["list_name"] == "slcn" for f in t.needs(case)) for case in ours)
    entered_share = percent(t, "convicted_children_slcn", "convicted_children")
    return {"own": (with_need, len(ours)), "entered": entered_share}


def indicator_15(t: Truth) -> Worked:
    ours = domestic_abuse(t)
    female, police = (
        sum(is_female(case) for case in ours),
        percent(t, "police_da_female_victims", "police_da_victims"),
    )
    gap = 100 * female / len(ours) - police
    return {"own": (female, len(ours)), "entered": police, "gap": gap}


def indicator_16(t: Truth) -> Worked:
    police = percent(t, "police_da_detections", "police_da_outcomes")
    return {"own": detection_rate(t, has("domestic_abuse")), "entered": police}


def indicator_17(t: Truth) -> Worked:
    both = sum(m["perpetrator_recorded"] and bool(m["violence_types"]) for _, m in t.maracs())
    return {"own": (both, len(t.maracs())), "both": both}


def indicator_18(t: Truth) -> Worked:
    children = set()
    for case in domestic_abuse(t):
        opened = day_of(case["opened"])
        assert opened is not None
        for place, child in enumerate(case["household"]):
            left = is_by(child["ended_on"], opened)
            if not left and is_there(child, opened, t.until):
                born = child["date_of_birth"]
                alone = (case["person"]["number"], place)
                children.add((child["name"], born) if child["name"] and born else alone)
    return {"own": len(children)}


def indicator_19(t: Truth) -> Worked:
    return {"entered": entered(t, "needs_assessments_da")}


def indicator_20(t: Truth) -> Worked:
    disabled = sum(is_disabled(t, case) for case, _ in t.maracs())
    return {"own": (disabled, len(t.maracs())), "disabled": disabled}


def indicator_21(t: Truth) -> Worked:
    ours = domestic_abuse(t)
    return {"own": (sum(group_of(case) == "unknown" for case in ours), len(ours))}


def indicator_22(t: Truth) -> Worked:
    return by_group(domestic_abuse(t))


def indicator_23(t: Truth) -> Worked:
    police = percent(t, "police_sv_detections", "police_sv_outcomes")
    return {"own": detection_rate(t, has("sexual_violence")), "entered": police}


def indicator_24(t: Truth) -> Worked:
    ours = sexual_violence(t)
    known = sum(any(a["recorded"] and a["known"] for a in case["alleged"]) for case in ours)
    return {"own": (known, len(ours))}


def indicator_25(t: Truth) -> Worked:
    ages = [age_of(case) for case in sexual_violence(t)]
    under_34 = sum(each <= 33 for each in ages)
    from_18 = sum(18 <= each <= 24 for each in ages)
    return {"under_34": (under_34, len(ages)), "18_to_24": (from_18, len(ages))}


def indicator_26(t: Truth) -> Worked:
    ours = sexual_violence(t)
    return {"own": (sum(lives_here(case) for case in ours), len(ours))}


def indicator_27(t: Truth) -> Worked:
    standing = [law_on(incident, t.until) for _, incident in t.incidents()]
    without = [(code, reasons) for code, reasons in standing if code not in DETECTIONS]
    told = [reasons for _, reasons in without if reasons]
    missing = [code for code, reasons in without if not reasons and code not in {"", "0"}]
    each = {f"reason_{code}": (sum(code in r for r in told), len(told)) for code in REASONS}
    return {"own": (len(told), len(told) + len(missing)), **each}


def indicator_28(t: Truth) -> Worked:
    answers = t.answers()
    helped = {
        f"helped_{code}": (sum(code in a["helped"] for a in answers), len(answers))
        for code in HELPED
    }
    return {
        "own": agreeing(answers, "feels_safer"),
        "with_outcome": agreeing(said_of_the_law(answers, "yes"), "feels_safer"),
        "without_outcome": agreeing(said_of_the_law(answers, "no"), "feels_safer"),
        **helped,
    }


def indicator_29(t: Truth) -> Worked:
    groups = {name: [case for case in t.cases if group_of(case) == name] for name in GROUPS}
    groups["all"] = t.cases
    found: Worked = {"share": (len(groups["black"]), len(t.cases))}
    for name, cases in groups.items():
        engaged = sum(is_by(case["first_contact"], t.until) for case in cases)
        reasons = [
            case["closed"]["reason"]
            for case in cases
            if case["closed"] and is_by(case["closed"]["on"], t.until)
        ]
        planned = sum(reason in {"needs_met", "transferred"} for reason in reasons)
        found[f"engaged_{name}"] = (engaged, len(cases))
        found[f"planned_ending_{name}"] = (planned, len(reasons))
    return found


def indicator_30(t: Truth) -> Worked:
    ours = [case for case in t.cases if is_young(case) and is_female(case)]
    with_need = [case for case in ours if t.needs(case)]
    matched = sum(was_accepted(case, t.until) for case in with_need)
    return {"identified": (len(with_need), len(ours)), "matched": (matched, len(with_need))}


def indicator_31(t: Truth) -> Worked:
    ours = domestic_abuse(t)

    def share(cases: list[Told]) -> Part:
        return sum(is_disabled(t, each) or has_health_need(t, each) for each in cases), len(cases)

    found: Worked = {"own": share(ours)}
    for group in GROUPS:
        found[f"ethnicity_{group}"] = share([case for case in ours if group_of(case) == group])
    for sex in ("female", "male", "not_known"):
        found[f"sex_{sex}"] = share([case for case in ours if case["person"]["sex"] == sex])
    return found


def indicator_32(t: Truth) -> Worked:
    homes = [case["person"]["ward"] for case in t.cases]
    places = [incident["ward"] for _, incident in t.incidents()]
    return {
        "cases": (sum(ward in PRIORITY_WARDS for ward in homes), len(homes)),
        "incidents": (sum(ward in PRIORITY_WARDS for ward in places), len(places)),
    }


def indicator_33(t: Truth) -> Worked:
    return {
        "know": agreeing(t.answers(), "knows_help"),
        "accessible": agreeing(t.answers(), "could_use"),
    }


def indicator_34(t: Truth) -> Worked:
    found: Worked = dict.fromkeys(("on_track", "complete", "overdue", "delayed", "not_started"), 0)
    for action in t.everything("action"):
        if not is_by(action["added_on"], t.until):
            continue
        states = [step["state"] for step in action["steps"] if is_by(step["on"], t.until)]
        state = states[-1] if states else "not_started"
        late = not is_by(str(t.until), day_of(action["due_on"]) or t.until)
        if late and state not in {"complete", "stopped"}:
            state = "overdue"
        if state != "stopped":
            found[state] = found[state] + 1  # type: ignore[operator]
    return found


def indicator_36(t: Truth) -> Worked:
    items = ("copes", "listened_to", "understood")
    return {
        "responses": len(t.answers()),
        **{item: agreeing(t.answers(), item) for item in items},
    }


BY_HAND: dict[int, Callable[[Truth], Worked]] = {
    number: globals()[f"indicator_{number}"] for number in range(1, 37) if number != 35
}


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
