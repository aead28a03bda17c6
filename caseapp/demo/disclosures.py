"""Inventing what was shared with whom: with each referral, beside them, and what a senior said."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from caseapp.demo import casework_words, episode_words, surroundings
from caseapp.demo.borough import Weights, pick
from caseapp.demo.lives import CaseTold, ReferralTold
from caseapp.demo.period import day_between
from caseapp.demo.telling import tell
from caseapp.demo.work_told import ReferralStepTold, SharingTold
from caseapp.people.rules import age_on
from caseapp.reference import label_of
from caseapp.referrals.models import CHASED, ReferralHead
from caseapp.referrals.rules import chase_on
from caseapp.sharing.rules import needs_senior

# Ours, all of them.
WITHOUT_CONSENT: Weights = {"refused": 0.35, "not_asked": 0.45, "no_answer": 0.2}
AGREES = 0.93
SHARED_BESIDE = 0.35  # of cases
STILL_TO_DECIDE = timedelta(days=2)
OVERLOOKED = 0.02  # of sharings that a senior ought to have looked at


def with_consent(rng: Random, told: CaseTold) -> tuple[ReferralTold, ...]:
    """The referrals with the answers that a sharing needs, and what followed them."""
    return tuple(_with_consent(rng, told, referral) for referral in told.referrals)


def _with_consent(rng: Random, told: CaseTold, referral: ReferralTold) -> ReferralTold:
    is_child = age_on(told.person.date_of_birth, referral.on) < 18
    agreed = referral.consent_basis == "agreed"
    consent = "given" if agreed else pick(rng, WITHOUT_CONSENT)
    nrm = referral.kind == "nrm"
    if nrm:
        consent = "not_needed" if is_child else "given"
        agreed = not is_child
    silent = needs_senior(consent)
    steps = tuple(_steps(rng, referral, told.closed.on if told.closed else told.until))
    taken_up = [step.what for step in steps if step.what != CHASED]
    engagement = taken_up[-1] if taken_up else "not_started" if referral.engagement else ""
    return replace(
        referral,
        engagement=engagement,
        result=referral.result if engagement in {"engaging", "completed"} else "",
        consent=consent,
        consent_basis="agreed" if agreed else "public_task",
        why_without_consent=(
            referral.why_without_consent or rng.choice(episode_words.WHY_WITHOUT_CONSENT)
        )
        if silent
        else "",
        conditions=("special_category", "offences") if rng.random() < 0.5 else (),
        necessity=rng.choice(casework_words.NECESSITY) if silent else "",
        person_told=referral.person_told or agreed,
        why_not_told="" if referral.person_told or agreed else casework_words.WHY_NOT_TOLD,
        first_responder=casework_words.FIRST_RESPONDER if nrm else "",
        steps=steps,
    )


def _steps(rng: Random, referral: ReferralTold, until: date) -> Iterator[ReferralStepTold]:
    """Asked again while it waited, then taken up: begun, and where it ended."""
    decided = referral.decided_on
    head = ReferralHead(made_on=referral.on, kind=referral.kind, agency=referral.agency)
    due = chase_on(head) or referral.on
    if due < (decided or until) and rng.random() < 0.7:
        yield ReferralStepTold(on=due, what=CHASED)
    if decided and referral.engagement in {"engaging", "completed", "stopped"}:
        begun = decided + timedelta(days=rng.randint(5, 30))
        ended = begun + timedelta(days=rng.randint(20, 90))
        if begun <= until:
            yield ReferralStepTold(on=begun, what="engaging")
        if ended <= until and referral.engagement != "engaging":
            yield ReferralStepTold(on=ended, what=referral.engagement)


def invent_sharing(rng: Random, told: CaseTold, *, rich: bool) -> tuple[SharingTold, ...]:
    """The sharing log: the referrals are in it, and what was said to an agency without one."""
    shared = [_of_referral(place, each) for place, each in enumerate(told.referrals)]
    if told.first_contact and (rich or rng.random() < SHARED_BESIDE):
        shared.append(_beside(rng, told, None))
    if rich:
        shared.append(_beside(rng, told, "refused"))
        shared.append(replace(_beside(rng, told, "not_asked"), on=told.until))
    decided = (_decided(rng, told, each) for each in shared)
    return tuple(sorted(decided, key=lambda each: each.on))


def _of_referral(place: int, referral: ReferralTold) -> SharingTold:
    return SharingTold(
        on=referral.on,
        with_whom="MARAC" if referral.kind == "marac" else referral.agency,
        what=referral.need,
        purpose=f"Referral: {label_of('referral_kind', referral.kind)}",
        consent=referral.consent,
        basis=referral.consent_basis,
        conditions=referral.conditions,
        necessity=referral.necessity,
        why_without_consent=referral.why_without_consent,
        person_told=referral.person_told,
        why_not_told=referral.why_not_told,
        referral=place,
    )


def _beside(rng: Random, told: CaseTold, consent: str | None) -> SharingTold:
    consent = consent or ("given" if rng.random() < 0.8 else pick(rng, WITHOUT_CONSENT))
    silent = needs_senior(consent)
    until = told.closed.on if told.closed else told.until
    agency = rng.choice(list(surroundings.AGENCIES.values()))
    return SharingTold(
        on=day_between(rng, told.first_contact or told.opened, until),
        with_whom=agency,
        what=tell(rng, casework_words.SHARED, told.person.given_name),
        purpose=rng.choice(casework_words.PURPOSES),
        consent=consent,
        basis="public_task" if silent else "agreed",
        conditions=("special_category",),
        necessity=rng.choice(casework_words.NECESSITY) if silent else "",
        why_without_consent=rng.choice(episode_words.WHY_WITHOUT_CONSENT) if silent else "",
        person_told=True,
    )


def _decided(rng: Random, told: CaseTold, shared: SharingTold) -> SharingTold:
    """A senior looks within two days; the newest are still before them. No case closes before."""
    if not needs_senior(shared.consent):
        return shared
    is_new = told.until - shared.on < STILL_TO_DECIDE
    if told.closed is None and (is_new or rng.random() < OVERLOOKED):
        return shared
    last = told.closed.on if told.closed else told.until
    on = min(last, shared.on + timedelta(days=rng.choice((0, 1, 1, 2))))
    return replace(shared, decided_on=on, agrees=rng.random() < AGREES)
