"""Taking a plan out as a PDF, and the question that comes first where a copy is not safe."""

from uuid import UUID

from flask import Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.blueprint import render_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.documents.plan_paper import FILE_NAME
from caseapp.documents.problems import DocumentProblem
from caseapp.plans.models import Plan
from caseapp.plans.queries import newest_version, plan_in
from caseapp.prints import printing
from caseapp.prints.actions import CopyNotSafe
from caseapp.prints.blueprint import bp
from caseapp.prints.forms import CopyReasonForm
from caseapp.web.gate import current_actor

CANNOT_PRINT = 503


@bp.get("/cases/<uuid:case_id>/plans/<uuid:plan_id>/plan.pdf")
@opens_case(Permission.PRINT_PLAN, Kind.PLAN_READ)
def print_plan(case: Case, plan_id: UUID) -> ResponseReturnValue:
    plan = plan_in(case, plan_id) or abort(404)
    try:
        return _pdf(case, plan, copy_reason="")
    except CopyNotSafe:
        return redirect(url_for("prints.print_unsafe_copy", case_id=case.id, plan_id=plan.id))


@bp.route("/cases/<uuid:case_id>/plans/<uuid:plan_id>/print", methods=["GET", "POST"])
@opens_case(Permission.PRINT_PLAN, Kind.PLAN_READ)
def print_unsafe_copy(case: Case, plan_id: UUID) -> ResponseReturnValue:
    plan = plan_in(case, plan_id) or abort(404)
    if newest_version(plan).head.copy_is_safe:
        return redirect(url_for("prints.print_plan", case_id=case.id, plan_id=plan.id))
    form = CopyReasonForm()
    if form.validate_on_submit():
        return _pdf(case, plan, copy_reason=form.copy_reason.data)
    status = 422 if form.was_sent else 200
    return render_case("prints/print_unsafe_copy.html", case, status=status, form=form, plan=plan)


def _pdf(case: Case, plan: Plan, *, copy_reason: str) -> ResponseReturnValue:
    paper = printing.read_plan(case, plan, current_actor(), copy_reason=copy_reason)
    # Now, and not after the response: no lock is held while the paper is made.
    db.session.commit()
    try:
        pdf = printing.print_plan(paper)
    except DocumentProblem as problem:
        page = {"plan": plan, "problem": str(problem)}
        return render_case("prints/cannot_print.html", case, status=CANNOT_PRINT, **page)
    # Inline: a browser that shows it leaves no copy among the downloads.
    headers = {"Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)
