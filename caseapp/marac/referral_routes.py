"""Referring a case to the MARAC: filled in from the record, corrected, looked at."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_case, render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.marac import actions
from caseapp.marac.blueprint import bp
from caseapp.marac.forms import MaracForm
from caseapp.marac.models import MaracReferral
from caseapp.marac.prefill import prefill
from caseapp.marac.queries import actions_of, referrals_of
from caseapp.perpetrators.models import AllegedPerpetrator
from caseapp.perpetrators.queries import perpetrators_of
from caseapp.web.gate import current_actor


@bp.get("/cases/<uuid:case_id>/marac")
@opens_case(Permission.SEE_PERPETRATORS)
def list_referrals(case: Case) -> ResponseReturnValue:
    return render_case("marac/list_referrals.html", case, referrals=referrals_of(case))


@bp.route("/cases/<uuid:case_id>/marac/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def refer_case(case: Case) -> ResponseReturnValue:
    perpetrators = perpetrators_of(case)
    form = MaracForm(data=prefill(case, perpetrators))
    form.offer(_choices(perpetrators))
    if form.was_sent and find_in_case(case, MaracReferral, form.record_id.data):
        return to_referral(case, form.record_id.data)
    if not form.all_hold(form.more_problems):
        return render_form("marac/refer_case.html", case, form)
    try:
        actions.refer_case(
            form.record_id.data, case, form.head(), form.body(), form.sharing(), current_actor()
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("marac/refer_case.html", case, form)
    flash("The referral is saved, and stands in the sharing log", "success")
    return to_referral(case, form.record_id.data)


@bp.get("/cases/<uuid:case_id>/marac/<uuid:referral_id>")
@opens_case(Permission.SEE_PERPETRATORS)
def show_referral(case: Case, referral_id: UUID) -> ResponseReturnValue:
    return show(case, find_referral(case, referral_id))


@bp.route("/cases/<uuid:case_id>/marac/<uuid:referral_id>/edit", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def edit_referral(case: Case, referral_id: UUID) -> ResponseReturnValue:
    referral = find_referral(case, referral_id)
    stored = MaracForm.stored(referral.head, referral.body)
    form = MaracForm(data=stored, record_id=referral.id, revision=referral.revision)
    form.offer(_choices(perpetrators_of(case)))
    if not form.all_hold(form.more_problems):
        return render_form("marac/edit_referral.html", case, form, referral=referral)
    if form.revision.data != referral.revision:
        form.meet_conflict(form.like(stored), referral.revision)
        return render_form("marac/edit_referral.html", case, form, status=409, referral=referral)
    try:
        head, body = form.head(referral.head), form.body(referral.body)
        actions.correct_referral(case, referral, head, body, form.sharing(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("marac/edit_referral.html", case, form, referral=referral)
    flash("The referral is saved", "success")
    return to_referral(case, referral.id)


def find_referral(case: Case, referral_id: UUID) -> MaracReferral:
    """Answers 404 for a referral of another case."""
    return find_in_case(case, MaracReferral, referral_id) or abort(404)


def show(case: Case, referral: MaracReferral, **values: Any) -> ResponseReturnValue:
    """The page of one referral, with its actions."""
    found = actions_of(referral)
    return render_case(
        "marac/show_referral.html",
        case,
        referral=referral,
        actions=found,
        owners=names_of({action.owner_id for action in found if action.owner_id}),
        **values,
    )


def to_referral(case: Case, referral_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("marac.show_referral", case_id=case.id, referral_id=referral_id))


def _choices(perpetrators: Iterable[AllegedPerpetrator]) -> list[tuple[str, str]]:
    return [(str(each.id), each.head.full_name or "Name not known") for each in perpetrators]
