"""Closing a case, which a manager agrees to, and opening it again."""

from collections.abc import Iterator

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CaseIsClosed
from caseapp.cases.blueprint import render_form, to_case, worker_name
from caseapp.cases.contributions import Due
from caseapp.cases.door import may, opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import today
from caseapp.closure import actions
from caseapp.closure.actions import AlreadyDecided, UndoneBeforeClosing
from caseapp.closure.blueprint import bp
from caseapp.closure.forms import ClosureDecisionForm, ClosureForm, ReopenForm
from caseapp.closure.models import APPROVED, RETURNED, ClosureRequest
from caseapp.closure.queries import dues_in, measures_of, returned_request, waiting_request
from caseapp.closure.rules import why_cannot_close
from caseapp.reference import label_of
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor

ALREADY = "This case is closed already."
ENDS_WITH_THE_CASE = {"case_review", "closure_returned", "closure_approval"}
UNDONE = "The case cannot close before this is done: "
DECIDED = "This was decided on in between, or withdrawn. Look at the case before you go on."
TYPED_IS_KEPT = " What you typed is kept below."
ASKED_MEANWHILE = (
    "Somebody asked to close this case while you were typing. What you typed is kept below: read"
    " their request first"
)
REOPENED_MEANWHILE = (
    "Somebody opened this case again while you were typing. What you typed is kept below: put into"
    " a note what they did not know"
)
ANOTHER_REQUEST = (
    "This is another request than the one that you read. What you typed is kept below: read the"
    " request again, then save"
)


@bp.route("/cases/<uuid:case_id>/close", methods=["GET", "POST"])
@opens_case(Permission.CLOSE_CASE)
def close_case(case: Case) -> ResponseReturnValue:
    form = ClosureForm(data={"on": today(), "risk_level": case.risk_level})
    asked = waiting_request(case)
    if asked and (not form.was_sent or form.record_id.data == asked.id):
        return redirect(url_for("closure.show_request", case_id=case.id))
    if form.was_sent and find_in_case(case, ClosureRequest, form.record_id.data):
        return to_case(case)
    if asked:
        form.refuse(None, ASKED_MEANWHILE)
        return _closing(case, form, status=409, asked=asked)
    if not form.validate_on_submit():
        return _closing(case, form)
    problem = why_cannot_close(case.head.opened_on, form.on.data)
    if problem:
        form.refuse("on", problem)
        return _closing(case, form)
    try:
        flash(_close_or_ask(case, form), "success")
    except CaseIsClosed:
        form.refuse(None, ALREADY)
        return _closing(case, form)
    except UndoneBeforeClosing as refusal:
        _refuse_undone(form, refusal)
        return _closing(case, form)
    return to_case(case)


@bp.get("/cases/<uuid:case_id>/close/request")
@opens_case(Permission.CLOSE_CASE)
def show_request(case: Case) -> ResponseReturnValue:
    asked = waiting_request(case) or abort(404)
    return _deciding(case, asked, _decision_on(asked))


@bp.route("/cases/<uuid:case_id>/close/decision", methods=["GET", "POST"])
@opens_case(Permission.APPROVE_CLOSURE)
def decide_closure(case: Case) -> ResponseReturnValue:
    asked = waiting_request(case)
    if asked is None:
        return _too_late(case, ClosureDecisionForm())
    form = _decision_on(asked)
    if form.validate_on_submit() and not form.agreed.data and not form.answer.data:
        form.refuse("answer", "Say why the case should go on")
    if not form.was_sent or form.problems():
        return _deciding(case, asked, form)
    if (form.record_id.data, form.revision.data) != (asked.id, asked.revision):
        form.refuse(None, ANOTHER_REQUEST)
        form.record_id.data, form.revision.data = asked.id, asked.revision
        return _deciding(case, asked, form, status=409)
    try:
        _decide(case, asked, form)
    except UndoneBeforeClosing as refusal:
        _refuse_undone(form, refusal)
        return _deciding(case, asked, form)
    return to_case(case)


@bp.post("/cases/<uuid:case_id>/close/withdraw")
@opens_case(Permission.CLOSE_CASE)
def withdraw_request(case: Case) -> ResponseReturnValue:
    asked = waiting_request(case) or returned_request(case)
    if asked:
        actions.withdraw_request(case, asked, current_actor())
        flash("The case stays open", "success")
    return to_case(case)


@bp.route("/cases/<uuid:case_id>/reopen", methods=["GET", "POST"])
@opens_case(Permission.CLOSE_CASE)
def reopen_case(case: Case) -> ResponseReturnValue:
    form = ReopenForm(data={"on": today()})
    if case.is_open:
        return _open_already(case, form)
    if not form.validate_on_submit():
        return render_form("closure/reopen_case.html", case, form)
    if case.head.closed_on and form.on.data < case.head.closed_on:
        form.refuse("on", "The case cannot open again before it closed")
        return render_form("closure/reopen_case.html", case, form)
    actions.reopen_case(case, form.why.data, form.on.data, current_actor())
    flash("The case is open again, and a review is due", "success")
    return to_case(case)


def _close_or_ask(case: Case, form: ClosureForm) -> str:
    """Who may approve closes at once; anybody else asks. Returns what to say. May raise."""
    actor = current_actor()
    if may(actor, Permission.APPROVE_CLOSURE, case):
        actions.close_case(case, form.head(today()), form.body(), actor)
        return "The case is closed"
    actions.ask_to_close(form.record_id.data, case, form.head(today()), form.body(), actor)
    return "Your manager is asked to agree. The case stays open until then"


def _decide(case: Case, asked: ClosureRequest, form: ClosureDecisionForm) -> None:
    decide = actions.approve_closure if form.agreed.data else actions.return_closure
    try:
        decide(case, asked, form.answer.data, current_actor())
    except (AlreadyDecided, CaseIsClosed):
        flash(DECIDED, "important")
    else:
        said = "The case is closed" if form.agreed.data else "The case goes on"
        flash(said, "success")


def _closing(
    case: Case,
    form: ClosureForm,
    *,
    status: int | None = None,
    asked: ClosureRequest | None = None,
) -> ResponseReturnValue:
    return render_form(
        "closure/close_case.html",
        case,
        form,
        status=status,
        asked=asked,
        asked_by=worker_name(asked.author_id) if asked else "",
        still_due=list(_still_due(case)),
        has_exit=any(each.head.stage == "exit" for each in measures_of(case)),
        returned=returned_request(case),
        closes_at_once=bool(may(current_actor(), Permission.APPROVE_CLOSURE, case)),
    )


def _still_due(case: Case) -> Iterator[str]:
    """What would be left undone; the next review and this very request are not meant."""
    return (_in_words(due) for due in dues_in(case) if due.kind not in ENDS_WITH_THE_CASE)


def _refuse_undone(form: Form, problem: UndoneBeforeClosing) -> None:
    for due in problem.dues:
        form.refuse(None, UNDONE + _in_words(due))


def _in_words(due: Due) -> str:
    words = label_of("due_kind", due.kind)
    return f"{words}: {due.what}" if due.what else words


def _open_already(case: Case, form: ReopenForm) -> ResponseReturnValue:
    """Shows what was typed beside why somebody else opened the case, unless it was sent twice."""
    last = case.body.earlier_closures[-1] if case.body.earlier_closures else None
    if not form.was_sent or last is None or last.why_reopened == form.why.data:
        return to_case(case)
    form.refuse(None, REOPENED_MEANWHILE)
    return render_form("closure/reopen_case.html", case, form, status=409)


def _decision_on(asked: ClosureRequest) -> ClosureDecisionForm:
    """It names the request that is read beside it: no other one is decided by it."""
    return ClosureDecisionForm(record_id=asked.id, revision=asked.revision)


def _too_late(case: Case, form: ClosureDecisionForm) -> ResponseReturnValue:
    """No request waits: what was typed is shown beside what became of the one that was read."""
    read = find_in_case(case, ClosureRequest, form.record_id.data)
    if read is None:
        flash(DECIDED, "important")
        return to_case(case)
    if _is_taken(form, read):
        return to_case(case)
    form.refuse(None, DECIDED + TYPED_IS_KEPT)
    return _deciding(case, read, form, status=409)


def _is_taken(form: ClosureDecisionForm, read: ClosureRequest) -> bool:
    """Whether the request was decided as the form says: it was sent twice, or both agreed."""
    status = APPROVED if form.agreed.data else RETURNED
    return (read.status, read.body.answer) == (status, form.answer.data)


def _deciding(
    case: Case, asked: ClosureRequest, form: ClosureDecisionForm, *, status: int | None = None
) -> ResponseReturnValue:
    return render_form(
        "closure/decide_closure.html",
        case,
        form,
        status=status,
        asked=asked,
        asked_by=worker_name(asked.author_id),
        measures=measures_of(case),
    )
