"""Judging the risk of a case, in each of the ways, and the course that it took."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_case, render_form, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import today
from caseapp.risk import actions
from caseapp.risk.forms import DashForm, RiskForm, YouthForm, why_too_low, youth_form
from caseapp.risk.models import DashResult, RiskHead, RiskJudgement, YouthJudgement
from caseapp.risk.panels import marac_of
from caseapp.risk.queries import dashes_in, opened_course, past_of
from caseapp.risk.rules import DASH, PLAIN, YOUTH, dash_on, repeats, tools_for
from caseapp.risk.timeline import how_in_words
from caseapp.risk.youth import domains, weighing_parts
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor
from caseapp.web.words import long_date

bp = Blueprint("risk", __name__)

TOOLS = {
    DASH: ("Record a DASH result", "risk.record_dash"),
    YOUTH: ("Make a youth judgement", "risk.judge_youth_risk"),
    PLAIN: ("Judge the risk in your own words", "risk.judge_risk"),
}


@bp.get("/cases/<uuid:case_id>/risk/course")
@opens_case(Permission.OPEN_CASE)
def show_course(case: Case) -> ResponseReturnValue:
    course = opened_course(case)
    past = past_of(case)
    return render_case(
        "risk/show_course.html",
        case,
        course=course[::-1],
        names=names_of({opened.judged.author_id for opened in course}),
        tools=_tools(case),
        repeats=repeats(past.events)[::-1],
        marac=marac_of(case, course, past),
        how_in_words=how_in_words,
    )


@bp.get("/cases/<uuid:case_id>/risk/new")
@opens_case(Permission.EDIT_CASE)
def choose_tool(case: Case) -> ResponseReturnValue:
    """Straight to the way that is made for this case; it links to the others."""
    first = tools_for(case.service, case.head.themes)[0]
    return redirect(url_for(TOOLS[first][1], case_id=case.id))


@bp.route("/cases/<uuid:case_id>/risk", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def judge_risk(case: Case) -> ResponseReturnValue:
    form = RiskForm(data={"judged_on": today()})
    if form.was_sent and find_in_case(case, RiskJudgement, form.record_id.data):
        return to_case(case)
    if not form.validate_on_submit() or _lowers_dash(case, form, form.judged_on.data):
        return _page("risk/judge_risk.html", case, form)

    def save() -> None:
        risk = RiskHead(judged_on=form.judged_on.data, level=form.level.data)
        actions.judge_risk(form.record_id.data, case, risk, form.reasons.data, current_actor())

    return _saved("risk/judge_risk.html", case, form, save)


@bp.route("/cases/<uuid:case_id>/risk/dash", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def record_dash(case: Case) -> ResponseReturnValue:
    form = DashForm(data={"on": today()})
    if form.was_sent and find_in_case(case, DashResult, form.record_id.data):
        return to_case(case)
    if not form.validate_on_submit():
        return _page("risk/record_dash.html", case, form)

    def save() -> None:
        by = current_actor()
        actions.record_dash(form.record_id.data, case, form.head(), form.body(), by)

    return _saved("risk/record_dash.html", case, form, save)


@bp.route("/cases/<uuid:case_id>/risk/youth", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def judge_youth_risk(case: Case) -> ResponseReturnValue:
    """Sent without a level it comes back with the one that the answers point to."""
    form = youth_form(domains())(data={"on": today()})
    if form.was_sent and find_in_case(case, YouthJudgement, form.record_id.data):
        return to_case(case)
    if not form.validate_on_submit():
        return _youth_page(case, form)
    if form.level.data is None:
        form.level.data = form.proposed()
        return _youth_page(case, form, status=200)
    if _lowers_dash(case, form, form.on.data):
        return _youth_page(case, form)

    def save() -> None:
        by = current_actor()
        actions.judge_youth_risk(form.record_id.data, case, form.head(), form.body(), by)

    return _saved("risk/judge_youth_risk.html", case, form, save, **_proposal(form))


def _lowers_dash(case: Case, form: RiskForm | YouthForm, on: date) -> bool:
    """Whether the level is below the score that counts on that day; the form then says so."""
    dash = dash_on(dashes_in(opened_course(case)), on)
    problem = why_too_low(form.level.data, dash.score) if dash else None
    if dash and problem:
        newer = f"To lower it, record a newer DASH than that of {long_date(dash.on)}"
        form.refuse("level", f"{problem}. {newer}")
    return problem is not None


def _saved(
    template: str, case: Case, form: Form, save: Callable[[], None], **values: Any
) -> ResponseReturnValue:
    try:
        save()
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page(template, case, form, **values)
    flash("The judgement is saved. The newest one sets the level and the next review", "success")
    return to_case(case)


def _youth_page(case: Case, form: YouthForm, *, status: int | None = None) -> ResponseReturnValue:
    return _page("risk/judge_youth_risk.html", case, form, status=status, **_proposal(form))


def _proposal(form: YouthForm) -> dict[str, Any]:
    """What the answers point to, once each part has one that the list knows."""
    answered = form.was_sent and not any(concern.errors for _, concern, _ in form.boxes())
    return {
        "proposed": form.proposed() if answered else "",
        "weighing": weighing_parts(form.concerns()) if answered else (),
    }


def _page(template: str, case: Case, form: Form, **values: Any) -> ResponseReturnValue:
    return render_form(template, case, form, tools=_tools(case), **values)


def _tools(case: Case) -> list[tuple[str, str]]:
    """(words, address) of each way to judge, the one made for this case first."""
    known = (TOOLS[tool] for tool in tools_for(case.service, case.head.themes))
    return [(words, url_for(endpoint, case_id=case.id)) for words, endpoint in known]
