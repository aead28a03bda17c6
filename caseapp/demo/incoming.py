"""Inventing who was referred to a team and has no case: they wait, or were declined."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from random import Random

from caseapp.demo import casework_words, episode_words, surroundings
from caseapp.demo.borough import dice, pick, pick_age
from caseapp.demo.episodes import REFERRED_BY
from caseapp.demo.identities import invent_person
from caseapp.demo.lives import IncomingTold, WorkerTold
from caseapp.demo.period import Period, working_day
from caseapp.demo.telling import tell
from caseapp.people.rules import age_on
from caseapp.reference import choices

WAITING, DECLINED = 2, 3  # of each team, and one more of each for every 200 cases; ours
THEMES: Mapping[str, tuple[str, ...]] = {
    "youth_violence": ("youth_violence",),
    "idva": ("domestic_abuse",),
    "sexual_violence": ("sexual_violence",),
}


def invent_incoming(
    workers: Sequence[WorkerTold], cases: int, seed: int, period: Period
) -> Iterator[IncomingTold]:
    """Written down by the first advocate of each team; nobody here has a case."""
    number = cases
    teams = {worker.team: worker for worker in reversed(workers) if worker.role == "advocate"}
    for author in sorted(teams.values(), key=lambda worker: worker.team):
        many = cases // 200
        statuses = ["waiting"] * (WAITING + many) + ["declined"] * (DECLINED + many)
        for status in statuses:
            yield _incoming(dice(seed, f"incoming {number}"), number, author, status, period)
            number += 1


def _incoming(
    rng: Random, number: int, author: WorkerTold, status: str, period: Period
) -> IncomingTold:
    waiting = status == "waiting"
    ago = timedelta(days=rng.randint(0, 6) if waiting else rng.randint(10, 150))
    received = max(period.first, period.last - ago)
    sex = "male" if rng.random() < 0.35 else "female"
    themes = THEMES[author.service]
    person = invent_person(rng, number, sex, pick_age(rng, author.service), received, themes)
    young = age_on(person.date_of_birth, received) < 25 and "youth_violence" not in themes
    decided = min(period.last, working_day(received + timedelta(days=rng.randint(1, 7))))
    reasons = [code for code, _ in choices("referral_declined_reason")]
    return IncomingTold(
        team=author.team,
        author=author.email,
        person=person,
        received=received,
        referral_source=pick(rng, REFERRED_BY[author.service]),
        referred_by=rng.choice(surroundings.REFERRERS),
        theme=(*themes, "youth_violence") if young else themes,
        summary=tell(rng, episode_words.SUMMARIES),
        consent=rng.choice(("given", "given", "not_asked")),
        status=status,
        decided=None if waiting else decided,
        declined_reason="" if waiting else rng.choice(reasons),
        signposted_to="" if waiting else rng.choice(list(surroundings.AGENCIES.values())),
        words="" if waiting else casework_words.DECLINED_WORDS,
    )
