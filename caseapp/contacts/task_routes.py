"""The tasks of a case: all of them, one more, one changed, one done."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import caseworkers_of_team, names_of
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_case, render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import now
from caseapp.contacts import task_actions
from caseapp.contacts.blueprint import bp
from caseapp.contacts.models import Task
from caseapp.contacts.queries import tasks_of
from caseapp.contacts.rules import owner_of_next_action
from caseapp.contacts.task_forms import TaskForm
from caseapp.people.safe_contact import why_unsafe
from caseapp.web.gate import current_actor


@bp.get("/cases/<uuid:case_id>/tasks")
@opens_case(Permission.OPEN_CASE)
def list_tasks(case: Case) -> ResponseReturnValue:
    open_tasks, done = tasks_of(case)
    contact = person_of(case).body.safe_contact
    return render_case(
        "contacts/list_tasks.html",
        case,
        open_tasks=open_tasks,
        done=done,
        names=names_of({task.owner_id for task in (*open_tasks, *done)}),
        why_unsafe=lambda channel: why_unsafe(contact, channel, now()),
    )


@bp.route("/cases/<uuid:case_id>/tasks/new", methods=["GET", "POST"])
@opens_case(Permission.ADD_NOTE)
def add_task(case: Case) -> ResponseReturnValue:
    actor = current_actor()
    owner = owner_of_next_action(actor, case.team_id, case.advocate_id)
    form = TaskForm(data={"owner": str(owner)})
    form.offer(_colleagues(case, owner))
    if form.was_sent and find_in_case(case, Task, form.record_id.data):
        return _to_tasks(case)
    if not form.validate_on_submit():
        return render_form("contacts/add_task.html", case, form)
    try:
        task_actions.add_task(
            form.record_id.data, case, form.head(), actor, owner_id=UUID(form.owner.data)
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("contacts/add_task.html", case, form)
    flash("The task is saved", "success")
    return _to_tasks(case)


@bp.route("/cases/<uuid:case_id>/tasks/<uuid:task_id>", methods=["GET", "POST"])
@opens_case(Permission.ADD_NOTE)
def change_task(case: Case, task_id: UUID) -> ResponseReturnValue:
    task = _open_task(case, task_id)
    stored = {
        "what": task.head.what,
        "due_on": task.head.due_on,
        "owner": str(task.owner_id),
        "kind": task.head.kind,
    }
    form = TaskForm(data=stored, record_id=task.id, revision=task.revision)
    form.offer(_colleagues(case, task.owner_id))
    if not form.validate_on_submit():
        return render_form("contacts/change_task.html", case, form)
    if form.revision.data != task.revision:
        form.meet_conflict(form.like(stored), task.revision)
        return render_form("contacts/change_task.html", case, form, status=409)
    owner_id = UUID(form.owner.data)
    try:
        task_actions.change_task(case, task, form.head(), owner_id, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("contacts/change_task.html", case, form)
    flash("The task is changed", "success")
    return _to_tasks(case)


@bp.post("/cases/<uuid:case_id>/tasks/<uuid:task_id>/finish")
@opens_case(Permission.ADD_NOTE)
def finish_task(case: Case, task_id: UUID) -> ResponseReturnValue:
    task = find_in_case(case, Task, task_id) or abort(404)
    try:
        task_actions.finish_task(case, task, current_actor())
    except CaseIsClosed:
        flash(CLOSED, "important")
    else:
        flash("The task is done", "success")
    return _to_tasks(case)


@bp.post("/cases/<uuid:case_id>/tasks/<uuid:task_id>/open-again")
@opens_case(Permission.ADD_NOTE)
def open_task_again(case: Case, task_id: UUID) -> ResponseReturnValue:
    task = find_in_case(case, Task, task_id) or abort(404)
    try:
        task_actions.open_task_again(case, task, current_actor())
    except CaseIsClosed:
        flash(CLOSED, "important")
    else:
        flash("The task is open again", "success")
    return _to_tasks(case)


def _open_task(case: Case, task_id: UUID) -> Task:
    task = find_in_case(case, Task, task_id)
    return task if task and task.is_open else abort(404)


def _colleagues(case: Case, owner_id: UUID) -> list[tuple[UUID, str]]:
    """The team's caseworkers, and whoever has the task now."""
    offered = caseworkers_of_team(case.team_id)
    if owner_id in dict(offered):
        return offered
    return [*offered, *names_of({owner_id}).items()]


def _to_tasks(case: Case) -> ResponseReturnValue:
    return redirect(url_for("contacts.list_tasks", case_id=case.id))
