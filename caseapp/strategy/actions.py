"""What is done to the action plan: each with its entry in the audit."""

from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import now
from caseapp.database import db
from caseapp.strategy.models import (
    ActionHead,
    Change,
    Objective,
    ObjectiveHead,
    PlannedAction,
    ProgressStep,
)

Before = tuple[tuple[str, str], ...]  # (question, answer as it was) of what differs


def add_objective(objective_id: UUID, head: ObjectiveHead, by: Actor) -> Objective:
    objective = Objective(id=objective_id, author_id=by.user_id, head=head)
    db.session.add(objective)
    _note(by, objective.id, "objective_added")
    return objective


def change_objective(objective: Objective, head: ObjectiveHead, before: Before, by: Actor) -> None:
    """Raises StaleDataError where somebody saved it in between."""
    objective.head = replace(head, changes=(*objective.head.changes, _change(before, by)))
    _note(by, objective.id, "objective_changed")


def add_action(action_id: UUID, objective: Objective, head: ActionHead, by: Actor) -> PlannedAction:
    action = PlannedAction(id=action_id, objective_id=objective.id, author_id=by.user_id, head=head)
    db.session.add(action)
    _note(by, action.id, "action_added")
    return action


def change_action(
    action: PlannedAction, objective: Objective, head: ActionHead, before: Before, by: Actor
) -> None:
    """Raises StaleDataError where somebody saved it in between."""
    action.objective_id = objective.id
    action.head = replace(head, changes=(*action.head.changes, _change(before, by)))
    _note(by, action.id, "action_changed")


def add_step(action: PlannedAction, step: ProgressStep, by: Actor) -> None:
    """Say how far it is. Nothing happens where this step is there already, sent twice."""
    if step.id in {each.id for each in action.head.steps}:
        return
    action.head = replace(action.head, steps=(*action.head.steps, step))
    _note(by, action.id, "progress_noted", state=step.state)


def _change(before: Before, by: Actor) -> Change:
    return Change(at=now(), by=by.user_id, before=before)


def _note(by: Actor, subject_id: UUID, what: str, **detail: str) -> None:
    record(
        Kind.ACTION_PLAN_CHANGED,
        actor=by,
        subject_id=subject_id,
        reason=decide(by, Permission.KEEP_ACTION_PLAN),
        detail={"what": what, **detail},
    )
