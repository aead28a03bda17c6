"""Writes what people said in a demo home: codes that were given, answers that wait, findings."""

import secrets
from collections.abc import Iterator, Mapping
from uuid import UUID, uuid4

from caseapp.access.actors import Actor
from caseapp.accounts.models import User
from caseapp.clock import today
from caseapp.database import db, transaction
from caseapp.demo.borough import dice
from caseapp.demo.period import Period
from caseapp.demo.voice_words import FINDINGS, WAITING, Found
from caseapp.giving.actions import give_codes
from caseapp.questionnaires.asked import OPEN, Questionnaire
from caseapp.questionnaires.queries import offered
from caseapp.reference import code_list
from caseapp.strategy.queries import actions_of_plan
from caseapp.surveys.codes import Facts
from caseapp.surveys.months import month_of
from caseapp.surveys.remembered import join
from caseapp.surveys.waiting import Waiting, put_back, take_box
from caseapp.voice.actions import add_finding
from caseapp.voice.models import FindingHead

ADVOCATE, ANALYST = "advocate@demo.example", "analyst@demo.example"
CODES_GIVEN, ANSWERS_WAIT = 8, 12  # the latter of each questionnaire: too few to be let out


def fill_voice(period: Period, seed: int, users: Mapping[str, UUID]) -> None:
    """Call it when the action plan is written."""
    with transaction():
        advocate, analyst = (
            db.session.get_one(User, users[who]).actor for who in (ADVOCATE, ANALYST)
        )
        for asked in offered():
            give_codes(_facts(asked), CODES_GIVEN, advocate)
            _let_wait(asked, seed)
        _add_findings(period, analyst)


def _let_wait(asked: Questionnaire, seed: int) -> None:
    box = take_box()
    waiting = list(box.waiting)
    for each in _answers(asked, seed):
        waiting = join(waiting, each)
    put_back(waiting, month_of(today()))


def _answers(asked: Questionnaire, seed: int) -> Iterator[Waiting]:
    rng = dice(seed, f"waiting {asked.code}")
    points = [each.code for each in code_list("survey_answer").active]
    for number in range(ANSWERS_WAIT):
        language, text = WAITING[number % len(WAITING)]
        yield Waiting(
            ticket=secrets.token_hex(16),
            facts=_facts(asked),
            answers=tuple((q.code, rng.choice(points)) for q in asked.questions if q.kind != OPEN),
            said=tuple((q.code, language, text) for q in asked.questions if q.kind == OPEN),
        )


def _facts(asked: Questionnaire) -> Facts:
    return Facts(questionnaire=asked.code, version=asked.version, stage=asked.stage)


def _add_findings(period: Period, by: Actor) -> None:
    actions = {each.head.title: each.id for each in actions_of_plan(db.session(), today())}
    for found in FINDINGS:
        action = actions[found.action] if found.action else None
        add_finding(uuid4(), action, _head(found, period), by)


def _head(found: Found, period: Period) -> FindingHead:
    return FindingHead(
        said=found.said,
        stage=found.stage,
        since=month_of(period.last, -found.since),
        until=month_of(period.last, -found.until),
        state=found.state,
        on=period.last,
        done=found.done,
        theme=found.theme,
    )
