"""Actions of a plan, with or without a database."""

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

from flask import Flask

from caseapp.database import transaction
from caseapp.strategy import actions
from caseapp.strategy.models import ActionHead, ObjectiveHead, ProgressStep
from tests.cast import Cast

TODAY = date(2026, 5, 20)
SOMEBODY = UUID(int=1)


def make_step(state: str, on: date = TODAY, hour: int = 9) -> ProgressStep:
    at = datetime.combine(on, time(hour), UTC)
    return ProgressStep(id=uuid4(), on=on, state=state, at=at, by=SOMEBODY)


def make_head(
    title: str, due_on: date, *steps: ProgressStep, added_on: date = date(2026, 4, 1)
) -> ActionHead:
    return ActionHead(
        title=title, owner="Police", due_on=due_on, added_on=added_on, steps=tuple(steps)
    )


def keep_plan(app: Flask, cast: Cast, plan: dict[str, list[ActionHead]]) -> None:
    """Actions by the title of their objective, in this order."""
    with app.app_context(), transaction():
        for place, (title, heads) in enumerate(plan.items(), 1):
            head = ObjectiveHead(title=title, place=place)
            objective = actions.add_objective(uuid4(), head, cast.analyst)
            for each in heads:
                actions.add_action(uuid4(), objective, each, cast.analyst)
