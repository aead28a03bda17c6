"""What was measured at intake, reviews and exit, and a new measurement."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_case, render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import today
from caseapp.closure import actions
from caseapp.closure.blueprint import bp
from caseapp.closure.forms import measure_form
from caseapp.closure.models import OutcomeMeasure
from caseapp.closure.queries import measures_of
from caseapp.closure.rules import course_of_points, kept_until
from caseapp.reference import code_list
from caseapp.web.gate import current_actor


@bp.get("/cases/<uuid:case_id>/outcomes")
@opens_case(Permission.OPEN_CASE)
def list_outcomes(case: Case) -> ResponseReturnValue:
    measures = measures_of(case)
    codes = [entry.code for entry in code_list("outcome_measure").entries]
    closed_on = case.head.closed_on
    born = person_of(case).head.date_of_birth
    return render_case(
        "closure/list_outcomes.html",
        case,
        measures=measures,
        course=course_of_points([each.head for each in measures], codes),
        kept_until=kept_until(born, closed_on) if closed_on else None,
    )


@bp.route("/cases/<uuid:case_id>/outcomes/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def measure_outcomes(case: Case) -> ResponseReturnValue:
    form = measure_form("review" if measures_of(case) else "intake", today())
    if form.was_sent and find_in_case(case, OutcomeMeasure, form.record_id.data):
        return _to_outcomes(case)
    if not form.validate_on_submit():
        return render_form("closure/measure_outcomes.html", case, form)
    if form.is_empty:
        form.refuse(None, "Answer at least one of the questions")
        return render_form("closure/measure_outcomes.html", case, form)
    try:
        actions.measure_outcomes(
            form.record_id.data, case, form.head(), form.body(), current_actor()
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("closure/measure_outcomes.html", case, form)
    flash("The outcomes are saved", "success")
    return _to_outcomes(case)


def _to_outcomes(case: Case) -> ResponseReturnValue:
    return redirect(url_for("closure.list_outcomes", case_id=case.id))
