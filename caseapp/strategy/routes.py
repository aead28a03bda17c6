"""The pages of the action plan: all of it, one action and how far it is, and what is added."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.accounts.queries import names_of
from caseapp.clock import today
from caseapp.database import db
from caseapp.strategy import actions
from caseapp.strategy.forms import ActionForm, ObjectiveForm, StepForm, what_differs
from caseapp.strategy.models import Objective, PlannedAction
from caseapp.strategy.queries import find_action, find_objective, objectives
from caseapp.strategy.shown_plan import ALL, WAYS, plan_as_csv, shown_action, shown_plan
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor, needs

bp = Blueprint("strategy", __name__)


@bp.get("/action-plan")
@needs(Permission.SEE_BOARD)
def list_actions() -> ResponseReturnValue:
    wanted = request.args.get("show", ALL)
    way = wanted if wanted in WAYS else ALL
    plan = shown_plan(db.session(), way, today())
    return _page("strategy/list_actions.html", plan=plan, way=way, ways=WAYS)


@bp.get("/action-plan/plan.csv")
@needs(Permission.SEE_BOARD)
def download_plan() -> ResponseReturnValue:
    text = plan_as_csv(db.session(), today())
    answer = Response("\ufeff" + text, mimetype="text/csv")  # Excel reads UTF-8 by that mark alone
    answer.headers["Content-Disposition"] = 'attachment; filename="action-plan.csv"'
    return answer


@bp.get("/action-plan/actions/<uuid:action_id>")
@needs(Permission.SEE_BOARD)
def show_action(action_id: UUID) -> ResponseReturnValue:
    """Its facts, how it went, and the form for how far it is now."""
    return _action_page(_action(action_id), StepForm(data={"on": today()}))


@bp.post("/action-plan/actions/<uuid:action_id>")
@needs(Permission.KEEP_ACTION_PLAN)
def add_step(action_id: UUID) -> ResponseReturnValue:
    action, form, actor = _action(action_id), StepForm(), current_actor()
    if not form.validate_on_submit():
        return _action_page(action, form), 422
    actions.add_step(action, form.step(actor.user_id), actor)
    flash("The progress is saved", "success")
    return _to(action.id)


@bp.route("/action-plan/actions/new", methods=["GET", "POST"])
@needs(Permission.KEEP_ACTION_PLAN)
def add_action() -> ResponseReturnValue:
    form = ActionForm(data={"objective": _asked_objective()})
    if form.was_sent and find_action(db.session(), form.record_id.data):
        return _to(form.record_id.data)
    if not form.validate_on_submit():
        return _form_page("strategy/add_action.html", form)
    objective = _objective(UUID(form.objective.data))
    action = actions.add_action(form.record_id.data, objective, form.head(), current_actor())
    flash("The action is saved", "success")
    return _to(action.id)


@bp.route("/action-plan/actions/<uuid:action_id>/edit", methods=["GET", "POST"])
@needs(Permission.KEEP_ACTION_PLAN)
def edit_action(action_id: UUID) -> ResponseReturnValue:
    action = _action(action_id)
    kept = ActionForm.stored(action)
    form = ActionForm(data=kept, record_id=action.id, revision=action.revision)
    stored = ActionForm(formdata=None, data=kept)
    if not form.validate_on_submit():
        return _form_page("strategy/edit_action.html", form, action=action)
    if form.revision.data != action.revision:
        form.meet_conflict(stored, action.revision)
        return _page("strategy/edit_action.html", form=form, action=action), 409
    before = what_differs(stored, form)
    if before:
        objective = _objective(UUID(form.objective.data))
        actions.change_action(action, objective, form.head(action.head), before, current_actor())
    flash("The action is saved", "success")
    return _to(action.id)


@bp.route("/action-plan/objectives/new", methods=["GET", "POST"])
@needs(Permission.KEEP_ACTION_PLAN)
def add_objective() -> ResponseReturnValue:
    form = ObjectiveForm(data={"place": len(objectives(db.session())) + 1})
    if form.was_sent and find_objective(db.session(), form.record_id.data):
        return _to_plan()
    if not form.validate_on_submit():
        return _form_page("strategy/add_objective.html", form)
    actions.add_objective(form.record_id.data, form.head(), current_actor())
    flash("The objective is saved", "success")
    return _to_plan()


@bp.route("/action-plan/objectives/<uuid:objective_id>/edit", methods=["GET", "POST"])
@needs(Permission.KEEP_ACTION_PLAN)
def edit_objective(objective_id: UUID) -> ResponseReturnValue:
    objective = _objective(objective_id)
    kept = ObjectiveForm.stored(objective.head)
    form = ObjectiveForm(data=kept, record_id=objective.id, revision=objective.revision)
    stored = ObjectiveForm(formdata=None, data=kept)
    if not form.validate_on_submit():
        return _form_page("strategy/edit_objective.html", form, objective=objective)
    if form.revision.data != objective.revision:
        form.meet_conflict(stored, objective.revision)
        return _page("strategy/edit_objective.html", form=form, objective=objective), 409
    before = what_differs(stored, form)
    if before:
        actions.change_objective(objective, form.head(objective.head), before, current_actor())
    flash("The objective is saved", "success")
    return _to_plan()


def _action(action_id: UUID) -> PlannedAction:
    return find_action(db.session(), action_id) or abort(404)


def _objective(objective_id: UUID) -> Objective:
    return find_objective(db.session(), objective_id) or abort(404)


def _asked_objective() -> str:
    """The one whose link was followed; anything else in the address is passed over."""
    asked = request.args.get("objective", "")
    return asked if asked in {str(each.id) for each in objectives(db.session())} else ""


def _action_page(action: PlannedAction, form: StepForm) -> str:
    head = action.head
    return _page(
        "strategy/show_action.html",
        form=form,
        shown=shown_action(action, today()),
        objective=_objective(action.objective_id),
        names=names_of(
            {action.author_id, *(step.by for step in head.steps), *(c.by for c in head.changes)}
        ),
    )


def _form_page(template: str, form: Form, **values: object) -> ResponseReturnValue:
    return _page(template, form=form, **values), (422 if form.was_sent else 200)


def _page(template: str, **values: object) -> str:
    may_keep = decide(current_actor(), Permission.KEEP_ACTION_PLAN) is not None
    return render_template(template, may_keep=may_keep, **values)


def _to(action_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("strategy.show_action", action_id=action_id))


def _to_plan() -> ResponseReturnValue:
    return redirect(url_for("strategy.list_actions"))
