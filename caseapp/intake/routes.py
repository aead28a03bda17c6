"""Taking a person into the service: one page, saved whole or not at all."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.actors import Role
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.accounts.models import Team
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.caseloads import queries
from caseapp.caseloads.case_rows import CaseRow
from caseapp.cases.actions import first_head
from caseapp.cases.models import Case, CaseBody
from caseapp.cases.rules import review_due
from caseapp.clock import today
from caseapp.database import db
from caseapp.intake.actions import Arrival, slcn_needs, take_in
from caseapp.intake.forms import NewCaseForm
from caseapp.people.queries import likely_duplicates
from caseapp.people.rules import why_wrong_age
from caseapp.referrals.incoming_actions import accept_incoming, note_incoming
from caseapp.referrals.incoming_forms import answers_for_case
from caseapp.referrals.incoming_models import WAITING, IncomingReferral
from caseapp.referrals.incoming_queries import find_incoming
from caseapp.web.gate import current_actor, needs

bp = Blueprint("intake", __name__)

THEMES = {"idva": ["domestic_abuse"], "sexual_violence": ["sexual_violence"]}


ANSWERED = (
    "Somebody has answered this referral already, or opened a case from it. Search for the person"
    " by name before you open another: nothing that you typed is lost"
)


@bp.route("/cases/new", methods=["GET", "POST"])
@needs(Permission.OPEN_NEW_CASE)
def new_case() -> ResponseReturnValue:
    return _take_in({})


@bp.route("/referrals-in/<uuid:incoming_id>/case", methods=["GET", "POST"])
@needs(Permission.OPEN_NEW_CASE)
def open_referred_case(incoming_id: UUID) -> ResponseReturnValue:
    """The same page, with everything in it that was told when the person was referred to us."""
    actor, changing = current_actor(), request.method == "POST"
    incoming = find_incoming(actor, incoming_id, changing=changing)
    if incoming is None:  # on the way back it may have become a case: then the text is kept
        return _take_in({}, is_answered=True) if changing else abort(404)
    note_incoming(Kind.REFERRAL_IN_OPENED, incoming, actor)
    is_answered = incoming.status != WAITING
    if is_answered and not changing:
        return redirect(url_for("referrals.answer_referral_in", incoming_id=incoming.id))
    return _take_in(answers_for_case(incoming), incoming, is_answered=is_answered)


def _take_in(
    told: dict[str, Any], incoming: IncomingReferral | None = None, *, is_answered: bool = False
) -> ResponseReturnValue:
    team = db.session.get_one(Team, current_actor().team_id)
    themes = THEMES.get(team.service, ["youth_violence"])
    form = NewCaseForm(data={"opened_on": today(), "themes": themes, **told})
    if form.was_sent and _is_saved(form.record_id.data):
        return redirect(url_for("cases.show_case", case_id=form.record_id.data))
    if not form.validate_on_submit():
        return _show(form, ())
    if is_answered:
        form.refuse(None, ANSWERED)
        return _show(form, (), status=409)
    problem = why_wrong_age(team.service, form.date_of_birth.data, form.opened_on.data)
    if problem:
        form.refuse("date_of_birth", problem)
        return _show(form, ())
    alike = _look_for_doubles(form)
    if alike and not form.same_person.data:
        form.refuse("same_person", "Somebody with these details has a case already")
        return _show(form, alike)
    case = _save(form, team, incoming.head.received_on if incoming else form.opened_on.data)
    if incoming:
        accept_incoming(incoming, case, current_actor())
    flash("The case is open", "success")
    return redirect(url_for("cases.show_case", case_id=case.id))


def _look_for_doubles(form: NewCaseForm) -> tuple[CaseRow, ...]:
    """Names of other cases are opened for it, whether they are shown or not: that is noted."""
    actor = current_actor()
    alike = queries.cases_of_people(actor, likely_duplicates(form.head(), form.body()))
    if alike:
        detail = {"cases": len(alike)}
        record(Kind.CASES_SEARCHED, actor=actor, team_id=actor.team_id, detail=detail)
    return alike


def _show(
    form: NewCaseForm, alike: tuple[CaseRow, ...], *, status: int | None = None
) -> ResponseReturnValue:
    page = render_template(f"{bp.name}/{_view_name()}.html", form=form, alike=alike)
    return page, status or (422 if form.was_sent else 200)


def _view_name() -> str:
    """Both views ask the same; each is drawn by the template of its name."""
    return (request.endpoint or "").split(".")[-1]


def _is_saved(case_id: UUID) -> bool:
    """Whether this very form was saved before: sent twice, it makes one case."""
    case = db.session.get(Case, case_id)
    return (
        case is not None and decide(current_actor(), Permission.OPEN_CASE, case.facts) is not None
    )


def _save(form: NewCaseForm, team: Team, referred_on: date) -> Case:
    actor = current_actor()
    return take_in(
        form.record_id.data,
        _arrival(form, team.service, referred_on),
        team_id=team.id,
        advocate_id=actor.user_id if actor.role is Role.ADVOCATE else None,
        by=actor,
    )


def _arrival(form: NewCaseForm, service: str, referred_on: date) -> Arrival:
    opened_on, level = form.opened_on.data, form.risk_level.data
    source, review = form.referral_source.data, review_due(level, opened_on)
    head = first_head(opened_on, tuple(form.themes.data), source, review)
    return Arrival(
        person=form.head(),
        details=form.body(),
        needs=slcn_needs(form.slcn.data or (), form.slcn_status.data or "suspected", head),
        case=head,
        told=CaseBody(
            referred_on=referred_on,
            referred_by=form.referred_by.data,
            consent_basis=form.consent_basis.data or "",
            summary=form.summary.data,
        ),
        service=service,
        risk_level=level,
        risk_reasons=form.risk_reasons.data,
    )
