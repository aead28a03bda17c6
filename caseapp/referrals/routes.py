"""The referrals of a case: all of them, a new one, a correction, and what an agency decided."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.people.rules import safe_contact_warning
from caseapp.referrals import actions
from caseapp.referrals.forms import DecisionForm, ReferralForm
from caseapp.referrals.queries import referral_in, referrals_of
from caseapp.referrals.rules import Problem, is_shared_without_consent
from caseapp.referrals.timeline import days_in_words
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor

bp = Blueprint("referrals", __name__)


@bp.get("/cases/<uuid:case_id>/referrals")
@opens_case(Permission.OPEN_CASE)
def list_referrals(case: Case) -> ResponseReturnValue:
    return _page("referrals/list_referrals.html", case, referrals=referrals_of(case))


@bp.route("/cases/<uuid:case_id>/referrals/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def make_referral(case: Case) -> ResponseReturnValue:
    form = ReferralForm(data={"made_on": today(), "safe_contact": _safe_contact(case)})
    if form.was_sent and referral_in(case, form.record_id.data):
        return _to_list(case)
    if not _answers_hold(form, form.problem_together):
        return _page("referrals/make_referral.html", case, form=form)
    try:
        actions.make_referral(form.record_id.data, case, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("referrals/make_referral.html", case, form=form)
    flash("The referral is saved", "success")
    return _to_list(case)


@bp.route("/cases/<uuid:case_id>/referrals/<uuid:referral_id>/edit", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def edit_referral(case: Case, referral_id: UUID) -> ResponseReturnValue:
    return _change("referrals/edit_referral.html", ReferralForm, case, referral_id)


@bp.route("/cases/<uuid:case_id>/referrals/<uuid:referral_id>/decision", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def record_decision(case: Case, referral_id: UUID) -> ResponseReturnValue:
    return _change("referrals/record_decision.html", DecisionForm, case, referral_id)


def _change(
    template: str, asked: type[ReferralForm | DecisionForm], case: Case, referral_id: UUID
) -> ResponseReturnValue:
    """A form about a stored referral: shown, refused, in conflict, or saved."""
    referral = referral_in(case, referral_id) or abort(404)
    stored = asked.stored(referral.head, referral.body)
    form = asked(data=stored, record_id=referral.id, revision=referral.revision)
    page: dict[str, Any] = {"form": form, "referral": referral}
    if not _answers_hold(form, lambda: form.problem_together(referral.head)):
        return _page(template, case, **page)
    if form.revision.data != referral.revision:
        form.meet_conflict(asked(formdata=None, data=stored), referral.revision)
        return _page(template, case, status=409, **page)
    try:
        head, body = form.head(referral.head), form.body(referral.body)
        actions.change_referral(case, referral, head, body, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page(template, case, **page)
    flash("The referral is saved", "success")
    return _to_list(case)


def _answers_hold(form: Form, problem_together: Callable[[], Problem | None]) -> bool:
    """Both kinds of problem are shown at once, so that nobody has to send the form twice."""
    if not form.was_sent:
        return False
    holds, problem = form.validate_on_submit(), problem_together()
    if problem:
        form.refuse(*problem)
    return holds and problem is None


def _safe_contact(case: Case) -> str:
    """What the case knows about safe contact, to begin with; the worker decides what is shared."""
    person = person_of(case)
    contact = person.body.safe_contact
    ways = [part for part in (contact.phone, contact.email) if part]
    return " ".join([*ways, safe_contact_warning(person.body)])


def _page(
    template: str, case: Case, *, form: Form | None = None, status: int | None = None, **values: Any
) -> ResponseReturnValue:
    if form is not None:
        values["form"] = form
    return render_case(
        template,
        case,
        status=status or (422 if form is not None and form.was_sent else 200),
        days_in_words=days_in_words,
        is_shared_without_consent=is_shared_without_consent,
        **values,
    )


def _to_list(case: Case) -> ResponseReturnValue:
    return redirect(url_for("referrals.list_referrals", case_id=case.id))
