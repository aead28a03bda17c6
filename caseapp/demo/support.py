"""Inventing what the service does: risk over time, referrals out, the safety plan, the ending."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from caseapp.demo import episode_words, plan_words, surroundings
from caseapp.demo.borough import Weights, pick
from caseapp.demo.lives import (
    ClosureTold,
    PlanTold,
    PlanVersionTold,
    ReferralTold,
    RiskTold,
    SectionTold,
)
from caseapp.demo.period import day_between
from caseapp.demo.telling import tell
from caseapp.reference import choices, entry

# Ours, all of them.
FIRST_RISK: dict[str, Weights] = {
    "youth_violence": {"standard": 0.3, "medium": 0.45, "high": 0.25},
    "idva": {"standard": 0.2, "medium": 0.38, "high": 0.42},
    "sexual_violence": {"standard": 0.35, "medium": 0.45, "high": 0.2},
}
LATER_RISK: dict[str, Weights] = {
    "standard": {"standard": 0.85, "medium": 0.12, "high": 0.03},
    "medium": {"standard": 0.45, "medium": 0.45, "high": 0.10},
    "high": {"standard": 0.12, "medium": 0.48, "high": 0.40},
}
REFERRED_TO: dict[str, Weights] = {
    "youth_violence": {
        "mash": 0.2, "youth_justice": 0.12, "speech_and_language": 0.22, "education": 0.16,
        "counselling": 0.12, "nrm": 0.08, "housing": 0.06, "health": 0.04,
    },
    "idva": {
        "marac": 0.34, "housing": 0.2, "mash": 0.14, "counselling": 0.14, "health": 0.06,
        "perpetrator_programme": 0.08, "other": 0.04,
    },
    "sexual_violence": {
        "isva": 0.3, "counselling": 0.4, "health": 0.15, "housing": 0.1, "marac": 0.05,
    },
}  # fmt: skip
ENGAGEMENT = ("engaging", "completed", "not_started", "stopped")
LASTS_DAYS = {"youth_violence": 150, "idva": 105, "sexual_violence": 190}  # median
REASONS_REACHED: Weights = {
    "needs_met": 0.62, "disengaged": 0.16, "transferred": 0.08, "moved_area": 0.07,
    "declined": 0.04, "custody": 0.03,
}  # fmt: skip
REASONS_NOT_REACHED: Weights = {"could_not_contact": 0.8, "not_eligible": 0.08, "declined": 0.12}


def invent_risk(rng: Random, service: str, opened: date, until: date) -> tuple[RiskTold, ...]:
    level, day, told = pick(rng, FIRST_RISK[service]), opened, []
    while day <= until:
        told.append(RiskTold(on=day, level=level, reasons=tell(rng, episode_words.REASONS)))
        weeks = int(entry("risk_level", level).attributes["review_weeks"])
        day += timedelta(days=max(7, 7 * weeks + rng.randint(-6, 12)))
        level = pick(rng, LATER_RISK[level])
    return tuple(told)


def next_review(risk: RiskTold) -> date:
    weeks = int(entry("risk_level", risk.level).attributes["review_weeks"])
    return risk.on + timedelta(weeks=weeks)


def invent_referrals(
    rng: Random, service: str, risk: str, opened: date, until: date
) -> tuple[ReferralTold, ...]:
    kinds = [pick(rng, REFERRED_TO[service]) for _ in range(rng.choice((0, 0, 1, 1, 1, 2, 3)))]
    if service == "idva" and risk == "high":
        kinds.insert(0, "marac")
    told = [_referral(rng, kind, opened, until) for kind in dict.fromkeys(kinds)]
    return tuple(sorted(told, key=lambda referral: referral.on))


def _referral(rng: Random, kind: str, opened: date, until: date) -> ReferralTold:
    on = day_between(rng, opened, until)
    decided = on + timedelta(days=int(rng.lognormvariate(2.2, 0.8)))
    decision = rng.choices(("accepted", "declined"), (0.78, 0.22))[0]
    if decided > until:
        decision = "waiting"
    safeguarding = entry("referral_kind", kind).group == "safeguarding"
    agreed = not safeguarding or rng.random() < 0.55
    engagement = rng.choice(ENGAGEMENT) if decision == "accepted" else ""
    return ReferralTold(
        kind=kind,
        agency=surroundings.AGENCIES[kind],
        on=on,
        need=tell(rng, episode_words.ASKED_OF[kind]),
        consent_basis="agreed" if agreed else "public_task",
        why_without_consent="" if agreed else rng.choice(episode_words.WHY_WITHOUT_CONSENT),
        person_told=agreed or rng.random() < 0.6,
        decision=decision,
        declined_reason=_why_declined(rng) if decision == "declined" else "",
        decided_on=None if decision == "waiting" else decided,
        engagement=engagement,
        result=tell(rng, episode_words.RESULTS) if engagement in {"completed", "engaging"} else "",
    )


def _why_declined(rng: Random) -> str:
    return rng.choice([code for code, _ in choices("referral_declined_reason")])


def invent_plan(
    rng: Random, kind: str, name: str, risk: tuple[RiskTold, ...], first: date, until: date
) -> PlanTold:
    """A version after each of the first judgements of risk, each with more filled in."""
    codes = [code for code, _ in choices(f"plan_section_{kind}")]
    days = sorted({max(first, judged.on) for judged in risk[:4]})
    filled: dict[str, SectionTold] = {}
    told = []
    for day in (day for day in days if day <= until):
        share = 0.4 if filled else 0.6
        filled |= {code: _section(rng, code, name) for code in codes if rng.random() < share}
        told.append(
            PlanVersionTold(
                written_at=datetime.combine(day, time(rng.randint(9, 17), 30), tzinfo=UTC),
                review_on=day + timedelta(weeks=4 if risk[0].level == "high" else 12),
                sections={code: filled[code] for code in codes if code in filled},
                is_agreed=rng.random() < 0.9,
                copy_is_safe=rng.random() < 0.8,
            )
        )
    return PlanTold(kind=kind, versions=tuple(told))


def _section(rng: Random, code: str, name: str) -> SectionTold:
    worker = tell(rng, plan_words.BY_THE_WORKER, name) if rng.random() < 0.3 else ""
    return SectionTold(own=tell(rng, plan_words.PLAN_LINES[code], name), worker=worker)


def invent_closure(
    rng: Random, service: str, reached_on: date | None, opened: date, until: date
) -> ClosureTold | None:
    """How the case ended, or None where it is still open on the last day."""
    if reached_on is None:
        day, reasons = opened + timedelta(days=rng.randint(20, 60)), REASONS_NOT_REACHED
    else:
        days = rng.lognormvariate(0, 0.55) * LASTS_DAYS[service]
        day, reasons = reached_on + timedelta(days=max(14, int(days))), REASONS_REACHED
    if day > until:
        return None
    reason = pick(rng, reasons)
    return ClosureTold(
        on=day,
        reason=reason,
        harm_reduced=rng.random() < 0.82 if reason == "needs_met" else None,
        note=tell(rng, episode_words.CLOSING_NOTES[reason]),
    )
