"""The page that asks how a plan is printed and whether that is safe, and the PDF it answers."""

from uuid import UUID

from flask import Response, abort
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.blueprint import render_case, render_form
from caseapp.cases.door import may, opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db
from caseapp.documents.plan_paper import FILE_NAME
from caseapp.documents.pocket_card import left_out
from caseapp.documents.problems import DocumentProblem
from caseapp.plans.models import Plan, PlanVersion
from caseapp.plans.queries import newest_version, plan_in, review_in
from caseapp.prints import printing
from caseapp.prints.actions import NamesSomebody, insist_on_no_names, take_out
from caseapp.prints.blueprint import bp
from caseapp.prints.forms import PrintForm, first_answers
from caseapp.prints.paper import paper_of
from caseapp.prints.rules import PaperCopy, known_language
from caseapp.web.gate import current_actor

REFUSED, CANNOT_PRINT = 422, 503


@bp.route("/cases/<uuid:case_id>/plans/<uuid:plan_id>/print", methods=["GET", "POST"])
@opens_case(Permission.PRINT_PLAN, Kind.PLAN_READ)
def print_plan(case: Case, plan_id: UUID) -> ResponseReturnValue:
    plan = plan_in(case, plan_id) or abort(404)
    version = newest_version(plan)
    form = PrintForm(data=first_answers(version.head))
    try:
        if form.validate_on_submit():
            return _pdf(case, plan, version, form)
    except NamesSomebody as found:
        return _names_somebody(case, plan, found, REFUSED)
    return _form_page(case, plan, version, form)


def _form_page(
    case: Case, plan: Plan, version: PlanVersion, form: PrintForm
) -> ResponseReturnValue:
    review = review_in(case, plan)
    paper = paper_of(case, plan, version, PaperCopy(language=known_language(form.language.data)))
    try:
        insist_on_no_names(case, version, paper)
    except NamesSomebody as found:
        return _names_somebody(case, plan, found, 200)
    return render_form(
        "prints/print_plan.html",
        case,
        form,
        plan=plan,
        version=version,
        left_out=left_out(paper),
        has_child_words=bool(paper.child),
        review=review,
        is_due=case.is_open and bool(review.reasons or review.is_overdue(today())),
    )


def _pdf(case: Case, plan: Plan, version: PlanVersion, form: PrintForm) -> ResponseReturnValue:
    copy = form.copy()
    paper = printing.paper_to_leave(case, plan, version, copy)
    # Now, and not after the response: no lock is held while the paper is made.
    db.session.commit()
    try:
        pdf = printing.print_plan(paper, copy.form, form.password.data)
    except DocumentProblem as problem:
        page = {"plan": plan, "problem": str(problem)}
        return render_case("prints/cannot_print.html", case, status=CANNOT_PRINT, **page)
    _insist_on_permission(case)
    take_out(case, version, current_actor(), copy)
    # Inline: a browser that shows it leaves no copy among the downloads.
    headers = {"Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def _insist_on_permission(case: Case) -> None:
    """While the paper was made, the case may have gone to somebody else."""
    db.session.refresh(case)
    if may(current_actor(), Permission.PRINT_PLAN, case) is None:
        abort(404)


def _names_somebody(
    case: Case, plan: Plan, found: NamesSomebody, status: int
) -> ResponseReturnValue:
    page = {"plan": plan, "headings": found.headings}
    return render_case("prints/names_somebody.html", case, status=status, **page)
