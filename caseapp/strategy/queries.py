"""Reading the action plan: its objectives, its actions, how far it is."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.strategy.models import Objective, PlannedAction
from caseapp.strategy.rules import PlanProgress, count_progress, is_overdue
from caseapp.vault.owner_keys import warm

Row = TypeVar("Row", Objective, PlannedAction)


def progress_of_plan(session: Session, day: date) -> PlanProgress:
    """How many actions were on track, complete, overdue … at the end of a day. Raises CannotOpen
    where somebody changed the plan by SQL."""
    return count_progress((action.head for action in actions_of_plan(session, day)), day)


def objectives(session: Session) -> list[Objective]:
    """In the order of the plan."""
    found = _ready(session, session.scalars(select(Objective)))
    return sorted(found, key=lambda each: (each.head.place, each.head.title.casefold(), each.id))


def actions_of_plan(session: Session, day: date) -> list[PlannedAction]:
    """Those that are overdue on the day first, then by the day that they are due."""
    found = _ready(session, session.scalars(select(PlannedAction)))
    return sorted(
        found, key=lambda each: (not is_overdue(each.head, day), each.head.due_on, each.id)
    )


def find_objective(session: Session, objective_id: UUID) -> Objective | None:
    return session.get(Objective, objective_id)


def find_action(session: Session, action_id: UUID) -> PlannedAction | None:
    return session.get(PlannedAction, action_id)


def _ready(session: Session, rows: Iterable[Row]) -> list[Row]:
    """With their keys at hand, which is one query instead of one a row."""
    found = list(rows)
    warm(session.connection(), session.info["vault"], [row.id for row in found])
    return found
