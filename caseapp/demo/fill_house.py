"""Writes what belongs to no case and no team: answers, entered figures, the action plan."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from uuid import UUID, uuid4

from caseapp.access.actors import Actor, Role
from caseapp.clock import now
from caseapp.database import transaction
from caseapp.demo.action_plan import OBJECTIVES
from caseapp.demo.answers import response_of
from caseapp.demo.house_told import ActionOfPlanTold, AnswersTold, FigureTold, StepTold
from caseapp.figures.actions import enter_figure
from caseapp.figures.models import FigureHead
from caseapp.strategy.actions import add_action, add_objective
from caseapp.strategy.models import ActionHead, Objective, ObjectiveHead, ProgressStep
from caseapp.surveys.actions import release_batch
from caseapp.surveys.responses import OpenAnswer

ANALYST = "analyst@demo.example"


def fill_answers(batch: list[AnswersTold], said: Iterable[OpenAnswer]) -> None:
    with transaction():
        release_batch(batch[0].month, [response_of(told) for told in batch], list(said))


def fill_figures(figures: Iterable[FigureTold], users: Mapping[str, UUID]) -> None:
    by = _analyst(users)
    with transaction():
        for told in figures:
            head = FigureHead(
                value=told.value, source=told.source, dated_on=told.dated_on, entered_at=now()
            )
            enter_figure(uuid4(), told.year, told.code, head, by)


def fill_action_plan(actions: Iterable[ActionOfPlanTold], users: Mapping[str, UUID]) -> None:
    by = _analyst(users)
    with transaction():
        objectives = {
            title: add_objective(uuid4(), ObjectiveHead(title=title, why=why, place=place), by)
            for place, (title, why) in enumerate(OBJECTIVES.items(), 1)
        }
        for told in actions:
            _add_action(told, objectives[told.objective], by)


def _add_action(told: ActionOfPlanTold, objective: Objective, by: Actor) -> None:
    head = ActionHead(
        title=told.title,
        owner=told.owner,
        due_on=told.due_on,
        added_on=told.added_on,
        indicators=told.indicators,
        steps=tuple(_step(step, by) for step in told.steps),
    )
    add_action(uuid4(), objective, head, by)


def _step(told: StepTold, by: Actor) -> ProgressStep:
    return ProgressStep(
        id=uuid4(), on=told.on, state=told.state, words=told.words, evidence=told.evidence,
        at=datetime.combine(told.on, time(12), UTC), by=by.user_id,
    )  # fmt: skip


def _analyst(users: Mapping[str, UUID]) -> Actor:
    return Actor(users[ANALYST], Role.ANALYST, None)
