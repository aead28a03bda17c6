"""The referrals of a case: all of them, a new one, a correction, a reminder, what was decided."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_case, render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.people.rules import safe_contact_warning
from caseapp.perpetrators.queries import is_perpetrator_named
from caseapp.referrals import actions
from caseapp.referrals.agencies import open_services, service_of
from caseapp.referrals.forms import DecisionForm, ReferralForm
from caseapp.referrals.models import Referral
from caseapp.referrals.queries import referral_in, referrals_of
from caseapp.referrals.rules import chase_on, is_shared_without_consent
from caseapp.referrals.timeline import days_in_words
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor

bp = Blueprint("referrals", __name__)

NAMED = (
    "What you tell the agency about safe contact names an alleged perpetrator. Make sure that it"
    " warns of them, and does not offer them as somebody who may answer"
)
DECIDED = "They have decided on this referral, so there is nothing to ask. Read their answer below"


@bp.get("/cases/<uuid:case_id>/referrals")
@opens_case(Permission.OPEN_CASE)
def list_referrals(case: Case) -> ResponseReturnValue:
    found = referrals_of(case)
    names = names_of(step.by for referral in found for step in referral.body.steps)
    return render_case(
        "referrals/list_referrals.html", case, referrals=found, names=names, **_words()
    )


@bp.route("/cases/<uuid:case_id>/referrals/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def make_referral(case: Case) -> ResponseReturnValue:
    form = ReferralForm(data={"made_on": today(), "safe_contact": _safe_contact(case)})
    if form.was_sent and referral_in(case, form.record_id.data):
        return _to_list(case)
    service = service_of(form.service.data)
    form.offer(open_services(), service)
    if not form.all_hold(lambda: form.problems_of_referral(_born(case), service)):
        return _page("referrals/make_referral.html", case, form)
    head, body = form.head(service), form.body()
    try:
        actions.make_referral(form.record_id.data, case, head, body, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("referrals/make_referral.html", case, form)
    flash("The referral is saved, and the sharing log tells of it", "success")
    _warn_of_names(case, body.safe_contact)
    return _to_list(case)


@bp.route("/cases/<uuid:case_id>/referrals/<uuid:referral_id>/edit", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def edit_referral(case: Case, referral_id: UUID) -> ResponseReturnValue:
    referral = referral_in(case, referral_id) or abort(404)
    stored = ReferralForm.stored(referral.head, referral.body)
    form = ReferralForm(data=stored, record_id=referral.id, revision=referral.revision)
    template, service = "referrals/edit_referral.html", service_of(form.service.data)
    form.offer(open_services(), service)
    if not form.all_hold(lambda: form.problems_of_referral(_born(case), service, referral.head)):
        return _page(template, case, form, referral=referral)
    if form.revision.data != referral.revision:
        form.meet_conflict(form.like(stored), referral.revision)
        return _page(template, case, form, status=409, referral=referral)
    head, body = form.head(service, referral.head), form.body(referral.body)
    _warn_of_names(case, body.safe_contact)
    return _save(template, case, referral, form, (head, body))


@bp.route("/cases/<uuid:case_id>/referrals/<uuid:referral_id>/decision", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def record_decision(case: Case, referral_id: UUID) -> ResponseReturnValue:
    referral = referral_in(case, referral_id) or abort(404)
    stored = DecisionForm.stored(referral.head, referral.body)
    form = DecisionForm(data=stored, record_id=referral.id, revision=referral.revision)
    template = "referrals/record_decision.html"
    if not form.all_hold(referral.head):
        return _page(template, case, form, referral=referral)
    if form.revision.data != referral.revision:
        form.meet_conflict(DecisionForm(formdata=None, data=stored), referral.revision)
        return _page(template, case, form, status=409, referral=referral)
    body = form.body(referral.body, current_actor().user_id, today())
    return _save(template, case, referral, form, (form.head(referral.head), body))


@bp.post("/cases/<uuid:case_id>/referrals/<uuid:referral_id>/chased")
@opens_case(Permission.EDIT_CASE)
def chase_referral(case: Case, referral_id: UUID) -> ResponseReturnValue:
    """One press: the agency was asked today."""
    referral = referral_in(case, referral_id) or abort(404)
    try:
        is_new = actions.chase_referral(case, referral, today(), current_actor())
    except CaseIsClosed:
        flash(CLOSED)
    except actions.DecidedMeanwhile:
        flash(DECIDED)
    else:
        said = "It is written down that you asked today" if is_new else "You asked today already"
        flash(said, "success")
    return _to_list(case)


def _save(
    template: str, case: Case, referral: Referral, form: Form, documents: tuple[Any, Any]
) -> ResponseReturnValue:
    try:
        actions.change_referral(case, referral, *documents, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page(template, case, form, referral=referral)
    flash("The referral is saved", "success")
    return _to_list(case)


def _warn_of_names(case: Case, safe_contact: str) -> None:
    """The agency may be told of an alleged perpetrator, but never to speak to one."""
    if safe_contact and is_perpetrator_named(case, safe_contact):
        flash(NAMED)


def _born(case: Case) -> date | None:
    return person_of(case).head.date_of_birth


def _safe_contact(case: Case) -> str:
    """What the case knows about safe contact, to begin with; the worker decides what is shared."""
    person = person_of(case)
    contact = person.body.safe_contact
    ways = [part for part in (contact.phone, contact.email) if part]
    return " ".join([*ways, safe_contact_warning(person.body)])


def _page(
    template: str, case: Case, form: Form, *, status: int | None = None, **values: Any
) -> ResponseReturnValue:
    return render_form(template, case, form, status=status, **_words(), **values)


def _words() -> dict[str, Any]:
    return {
        "days_in_words": days_in_words,
        "is_shared_without_consent": is_shared_without_consent,
        "chase_on": chase_on,
    }


def _to_list(case: Case) -> ResponseReturnValue:
    return redirect(url_for("referrals.list_referrals", case_id=case.id))
