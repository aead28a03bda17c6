"""The first open case of two demo advocates: one in which nearly every kind of record is met."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from caseapp.demo import episode_words, surroundings
from caseapp.demo.borough import HARMS
from caseapp.demo.events import invent_incident
from caseapp.demo.lives import AllegedTold, CaseTold, FlagTold, IncidentTold, ReferralTold, RiskTold
from caseapp.demo.names import pick_name
from caseapp.people.rules import age_on

SHOWN_TO = ("advocate@demo.example", "other-team@demo.example")
PARENTS = range(24, 48)  # of what age those are who can have two children at school
READABLE = 1_500  # characters of a note
REVIEWED, MARAC, AGAIN = timedelta(27), timedelta(62), (timedelta(6), timedelta(95))


def can_show_everything(told: CaseTold) -> bool:
    """Open, with a plan, and of somebody who was reached and has an address."""
    age = age_on(told.person.date_of_birth, told.opened)
    reached = told.closed is None and told.first_contact is not None and told.plan is not None
    fits = age in PARENTS or told.service != "idva"
    known = told.person.postcode and told.person.hours and told.incidents
    return bool(reached and fits and known)


def as_showcase(rng: Random, told: CaseTold, others: Sequence[CaseTold]) -> CaseTold:
    """The same case at high risk, with what is missing in it: it stands near the top of a list."""
    idva = told.service == "idva"
    return replace(
        told,
        risk=_risk(told),
        next_review=told.until + timedelta(days=1),
        children=2 if idva else told.children,
        incidents=_incidents(rng, told),
        alleged=(_alleged(rng, told, others),),
        referrals=tuple(_referrals(told)),
        flags=told.flags
        if any(f.list_name == "slcn" for f in told.flags)
        else (*told.flags, _flag(told)),
        notes=tuple(note for note in told.notes if len(note.fact) < READABLE),
    )


def _risk(told: CaseTold) -> tuple[RiskTold, ...]:
    """High when it went to the MARAC, and four weeks ago, so that a review is due now."""
    days = sorted({_not_before(told, ago) for ago in (MARAC, REVIEWED)})
    earlier = [judged for judged in told.risk if judged.on < days[0]]
    reasons = episode_words.REASONS[2].format(place="the school gate")
    high = [replace(told.risk[-1], on=on, level="high", reasons=reasons) for on in days]
    return (*earlier, *high)


def _incidents(rng: Random, told: CaseTold) -> tuple[IncidentTold, ...]:
    """Twice more, the last time after the MARAC."""
    domestic = "domestic_abuse" in told.theme
    harm = HARMS[told.service][2]
    more = (
        invent_incident(rng, harm, domestic, told.person, _not_before(told, ago), told.until)
        for ago in AGAIN
    )
    return tuple(sorted((*told.incidents, *more), key=lambda incident: incident.on))


def _alleged(rng: Random, told: CaseTold, others: Sequence[CaseTold]) -> AllegedTold:
    """Somebody known; to the youth team somebody who is a client elsewhere."""
    one = told.alleged[0]
    named = [each.person for each in others if each.team != told.team and each.person.family_name]
    if told.service == "youth_violence" and named:
        other = rng.choice(named)
        return replace(
            one, known=True, given_name=other.given_name, family_name=other.family_name,
            sex=other.sex, client=other.number, date_of_birth=other.date_of_birth,
        )  # fmt: skip
    if one.known:
        return one
    name = pick_name(rng, "white_british", "male")
    return replace(one, known=True, given_name=name.given, family_name=name.family, sex="male")


def _referrals(told: CaseTold) -> Iterator[ReferralTold]:
    """A MARAC where there is domestic abuse, an accepted one, and one to ask about again."""
    if told.service == "idva":
        yield _referral(told, "marac", MARAC, decided=True)
    yield _referral(told, "counselling", timedelta(80), decided=True)
    ours = {"marac", "counselling", "housing"}
    yield from (each for each in told.referrals if each.kind not in ours)
    yield _referral(told, "housing", timedelta(9), decided=False)


def _referral(told: CaseTold, kind: str, ago: timedelta, *, decided: bool) -> ReferralTold:
    on = _not_before(told, ago)
    return ReferralTold(
        kind=kind,
        agency=surroundings.AGENCIES[kind],
        on=on,
        need=episode_words.ASKED_OF[kind][0].format(
            place="the estate", school=surroundings.SCHOOLS[0], day="Monday"
        ),
        consent_basis="agreed",
        why_without_consent="",
        person_told=True,
        decision="accepted" if decided else "waiting",
        declined_reason="",
        decided_on=min(told.until, on + timedelta(days=6)) if decided else None,
        engagement="engaging" if decided else "",
        result="Two sessions so far." if decided and kind != "marac" else "",
    )


def _flag(told: CaseTold) -> FlagTold:
    return FlagTold(
        list_name="slcn", code="understanding", status="screened", source="worker",
        raised_on=told.first_contact or told.opened, reviewed_on=None, ended_on=None,
        long_lasting=None, limits="", what_helps=episode_words.WHAT_HELPS[0],
    )  # fmt: skip


def _not_before(told: CaseTold, ago: timedelta) -> date:
    return max(told.first_contact or told.opened, told.until - ago)
