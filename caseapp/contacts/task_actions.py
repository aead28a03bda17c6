"""What is done with a task: added, put off, handed to a colleague, finished, opened again."""

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.contacts.models import DONE, OPEN, Task, TaskBody, TaskHead, TaskStep
from caseapp.contacts.rules import owner_of_next_action
from caseapp.database import db


def add_task(
    task_id: UUID,
    case: Case,
    head: TaskHead,
    by: Actor,
    *,
    owner_id: UUID | None = None,
    note_id: UUID | None = None,
) -> Task:
    """Raises CaseIsClosed. Without an owner it is for whoever adds it."""
    insist_on_open(case)
    task = Task(
        id=task_id,
        case_id=case.id,
        owner_id=owner_id or owner_of_next_action(by, case.team_id, case.advocate_id),
        status=OPEN,
        head=head,
        body=TaskBody(steps=(_step("added", by, head.due_on),), note_id=note_id),
    )
    db.session.add(task)
    note_act(Kind.TASK_ADDED, case, by, Permission.ADD_NOTE, subject_id=task.id)
    return task


def change_task(case: Case, task: Task, head: TaskHead, owner_id: UUID, by: Actor) -> None:
    """Put it off, word it anew or hand it to a colleague. Raises CaseIsClosed, and
    StaleDataError at flush where somebody changed it in between."""
    insist_on_open(case)
    handed_over = owner_id != task.owner_id
    task.head, task.owner_id = head, owner_id
    _add_step(task, _step("handed_over" if handed_over else "changed", by, head.due_on))
    note_act(Kind.TASK_CHANGED, case, by, Permission.ADD_NOTE, subject_id=task.id)


def finish_task(case: Case, task: Task, by: Actor) -> None:
    """Once: finishing a finished task does nothing. Raises CaseIsClosed."""
    _turn(case, task, DONE, by, Kind.TASK_FINISHED, "done")


def open_task_again(case: Case, task: Task, by: Actor) -> None:
    """After a slip of the hand. Raises CaseIsClosed."""
    _turn(case, task, OPEN, by, Kind.TASK_CHANGED, "opened_again")


def _turn(case: Case, task: Task, status: str, by: Actor, kind: Kind, what: str) -> None:
    insist_on_open(case)
    if task.status == status:
        return
    task.status = status
    _add_step(task, _step(what, by, None))
    note_act(kind, case, by, Permission.ADD_NOTE, subject_id=task.id)


def _add_step(task: Task, step: TaskStep) -> None:
    task.body = replace(task.body, steps=(*task.body.steps, step))


def _step(what: str, by: Actor, due_on: date | None) -> TaskStep:
    return TaskStep(on=today(), what=what, by=by.user_id, due_on=due_on)
