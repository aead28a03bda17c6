"""The 36 indicators worked out by hand: from their definitions in words, on a truth file.

Codes and numbers are typed here a second time, so that a mistake in the program's own is seen.
"""

from collections.abc import Callable

from tests.truth import Told, Truth, day_of, is_by
from tests.unit.indicators.hand_facts import (
    DETECTIONS,
    GROUPS,
    Part,
    Worked,
    age_of,
    agreeing,
    by_group,
    detection_rate,
    domestic_abuse,
    entered,
    group_of,
    has,
    has_health_need,
    has_plan,
    is_disabled,
    is_female,
    is_knife_injury,
    is_male,
    is_there,
    is_young,
    law_on,
    lives_here,
    percent,
    said_of_the_law,
    sexual_violence,
    was_accepted,
)

PRIORITY_WARDS = {"E05009391", "E05009392", "E05009394", "E05009395", "E05009396"}
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
        "know": agreeing(t.answers_of_the_community(), "knows_help"),
        "accessible": agreeing(t.answers_of_the_community(), "could_use"),
        "victims_know": agreeing(t.answers(), "knows_help"),
        "victims_accessible": agreeing(t.answers(), "could_use"),
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
