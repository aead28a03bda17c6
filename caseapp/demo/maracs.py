"""Inventing what became of a referral to the MARAC: the meeting, its actions, the feedback."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from caseapp.demo import casework_words, surroundings
from caseapp.demo.lives import CaseTold, ReferralTold
from caseapp.demo.period import working_day
from caseapp.demo.telling import tell
from caseapp.demo.work_told import ActionTold, MaracTold
from caseapp.risk.rules import DASH, HIGH_FROM

REFERRED_AGAIN = 0.7  # of those to whom it happened again; ours
TOLD_OF_IT = 0.92  # of those whose case was heard; ours
DONE = 0.85  # of actions that are due; ours
AGENCIES = ("housing", "mash", "health", "perpetrator_programme")


def invent_maracs(rng: Random, told: CaseTold, *, rich: bool) -> tuple[MaracTold, ...]:
    """One for each referral of that kind; a later one is a repeat."""
    found: list[MaracTold] = []
    for place, referral in enumerate(told.referrals):
        if referral.kind == "marac":
            found.append(_marac(rng, told, place, is_repeat=bool(found), rich=rich))
    return tuple(found)


def at_high_risk(rng: Random, told: CaseTold) -> tuple[ReferralTold, ...]:
    """The referrals of a story, with those to the MARAC where the risk was judged high: at that
    time, and again where something happened within the year."""
    others = [each for each in told.referrals if each.kind != "marac"]
    first = next((each for each in told.referrals if each.kind == "marac"), None)
    days = sorted(set(_days(rng, told))) if first else []
    maracs = [replace(first, on=day, decided_on=day, decision="accepted") for day in days if first]
    return tuple(sorted([*others, *maracs], key=lambda referral: referral.on))


def _days(rng: Random, told: CaseTold) -> Iterator[date]:
    last = told.closed.on if told.closed else told.until
    high = [judged.on for judged in told.risk if judged.level == "high"]
    if not high or not told.first_contact:
        return
    first = min(last, max(high[0], told.first_contact) + timedelta(days=rng.randint(0, 3)))
    yield first
    again = [each.on for each in told.incidents if each.on > first + timedelta(days=14)]
    if again and rng.random() < REFERRED_AGAIN:
        yield min(last, again[0] + timedelta(days=rng.randint(1, 4)))


def _marac(rng: Random, told: CaseTold, place: int, *, is_repeat: bool, rich: bool) -> MaracTold:
    on = told.referrals[place].on
    score = _score(told, on)
    recorded = [alleged for alleged in told.alleged if alleged.recorded]
    meeting = working_day(on + timedelta(days=rng.randint(6, 20)))
    heard = meeting if meeting <= told.until else None
    told_on = meeting + timedelta(days=rng.randint(0, 2))
    fed_back = heard and told_on <= told.until and (rich or rng.random() < TOLD_OF_IT)
    return MaracTold(
        referral=place,
        on=on,
        criteria=_criteria(score, is_repeat=is_repeat),
        is_repeat=is_repeat,
        dash_score=score,
        perpetrator_recorded=bool(recorded),
        violence_types=recorded[0].violence_types if recorded else (),
        meeting_on=meeting,
        heard_on=heard,
        fed_back_on=told_on if fed_back else None,
        actions=tuple(_actions(rng, told, meeting, rich=rich)) if heard else (),
    )


def _score(told: CaseTold, on: date) -> int | None:
    """Of the newest DASH by that day."""
    dashes = [judged for judged in told.risk if judged.how == DASH and judged.on <= on]
    return len(dashes[-1].items) if dashes else None


def _criteria(score: int | None, *, is_repeat: bool) -> tuple[str, ...]:
    visible = score is not None and score >= HIGH_FROM
    first = "visible_high_risk" if visible else "professional_judgement"
    return (first, "repeat") if is_repeat else (first,)


def _actions(rng: Random, told: CaseTold, meeting: date, *, rich: bool) -> Iterator[ActionTold]:
    ours = rng.sample(casework_words.OUR_ACTIONS, 2 if rich else 1)
    theirs = rng.sample(AGENCIES, rng.randint(1, 3))
    todo = [("", what) for what in ours]
    todo += [(surroundings.AGENCIES[kind], casework_words.THEIR_ACTIONS[kind]) for kind in theirs]
    for number, (agency, what) in enumerate(todo):
        due = working_day(meeting + timedelta(days=rng.randint(5, 28)))
        late = rich and number == 0
        if late:
            due = told.until + timedelta(days=1)
        is_done = due <= told.until and (told.closed is not None or rng.random() < DONE)
        yield ActionTold(
            what=what,
            agency=agency,
            due_on=due,
            done_on=due - timedelta(days=rng.randint(0, 3)) if is_done else None,
            result=tell(rng, casework_words.DONE) if is_done else "",
        )
