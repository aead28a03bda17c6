"""After the referral: the meeting, its actions, and telling the person."""

from typing import Any
from uuid import UUID

from flask import abort, flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import caseworkers_of_team
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import now, today
from caseapp.marac import actions
from caseapp.marac.blueprint import bp
from caseapp.marac.forms import ActionForm, FeedbackForm, MeetingForm
from caseapp.marac.models import MaracAction, MaracReferral
from caseapp.marac.referral_routes import find_referral, to_referral
from caseapp.marac.rules import why_feedback_cannot_be, why_meeting_cannot_be
from caseapp.people.safe_contact import why_unsafe
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor


@bp.route("/cases/<uuid:case_id>/marac/<uuid:referral_id>/meeting", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def record_meeting(case: Case, referral_id: UUID) -> ResponseReturnValue:
    referral = find_referral(case, referral_id)
    stored = MeetingForm.stored(referral.head, referral.body)
    form = MeetingForm(data=stored, record_id=referral.id, revision=referral.revision)
    if form.validate_on_submit():
        _hold_together(form, referral)
    if not form.was_sent or form.problems():
        return _page("marac/record_meeting.html", case, form, referral)
    if form.revision.data != referral.revision:
        form.meet_conflict(MeetingForm(formdata=None, data=stored), referral.revision)
        return _page("marac/record_meeting.html", case, form, referral, status=409)
    try:
        actions.record_meeting(
            case,
            referral,
            form.meeting_on.data,
            form.outcome.data,
            current_actor(),
            heard=form.was_heard.data,
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("marac/record_meeting.html", case, form, referral)
    flash("The meeting is saved", "success")
    return to_referral(case, referral.id)


@bp.route("/cases/<uuid:case_id>/marac/<uuid:referral_id>/feedback", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def give_feedback(case: Case, referral_id: UUID) -> ResponseReturnValue:
    referral = find_referral(case, referral_id)
    form = FeedbackForm(data={"on": today()})
    unsafe = _check_feedback(case, form, referral) if form.validate_on_submit() else ()
    if not form.was_sent or form.problems():
        return _page("marac/give_feedback.html", case, form, referral)
    try:
        actions.give_feedback(
            case, referral, form.feedback(), current_actor(), against_safe_contact=bool(unsafe)
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("marac/give_feedback.html", case, form, referral)
    flash("It is saved that they were told", "success")
    return to_referral(case, referral.id)


@bp.route("/cases/<uuid:case_id>/marac/<uuid:referral_id>/actions/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def add_action(case: Case, referral_id: UUID) -> ResponseReturnValue:
    referral = find_referral(case, referral_id)
    form = ActionForm()
    form.offer(caseworkers_of_team(case.team_id))
    if form.was_sent and find_in_case(case, MaracAction, form.record_id.data):
        return to_referral(case, referral.id)
    if not form.validate_on_submit():
        return _page("marac/add_action.html", case, form, referral)
    try:
        actions.add_action(
            form.record_id.data,
            case,
            referral,
            form.owner_id,
            form.head(None, today()),
            form.body(),
            current_actor(),
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("marac/add_action.html", case, form, referral)
    flash("The action is saved", "success")
    return to_referral(case, referral.id)


@bp.route(
    "/cases/<uuid:case_id>/marac/<uuid:referral_id>/actions/<uuid:action_id>",
    methods=["GET", "POST"],
)
@opens_case(Permission.EDIT_CASE)
def change_action(case: Case, referral_id: UUID, action_id: UUID) -> ResponseReturnValue:
    referral, action = find_referral(case, referral_id), _find_action(case, action_id)
    stored = _stored(action)
    form = ActionForm(data=stored, record_id=action.id, revision=action.revision)
    form.offer(caseworkers_of_team(case.team_id))
    if not form.validate_on_submit():
        return _page("marac/change_action.html", case, form, referral)
    if form.revision.data != action.revision:
        form.meet_conflict(form.like(stored), action.revision)
        return _page("marac/change_action.html", case, form, referral, status=409)
    try:
        head = form.head(action.head, today())
        actions.change_action(case, action, form.owner_id, head, form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("marac/change_action.html", case, form, referral)
    flash("The action is saved", "success")
    return to_referral(case, referral.id)


def _hold_together(form: MeetingForm, referral: MaracReferral) -> None:
    problem = why_meeting_cannot_be(
        referral.head.referred_on,
        form.meeting_on.data,
        was_heard=form.was_heard.data,
        today=today(),
    )
    if problem:
        form.refuse(*problem)


def _check_feedback(case: Case, form: FeedbackForm, referral: MaracReferral) -> tuple[str, ...]:
    """Why the way is not known to be safe; then the reason is asked for beside it."""
    problem = why_feedback_cannot_be(referral.head.heard_on, form.on.data)
    if problem:
        form.refuse(*problem)
    unsafe = why_unsafe(person_of(case).body.safe_contact, form.channel.data, now())
    if unsafe and not form.why_not_safe.data:
        form.refuse("why_not_safe", f"Say why. {' '.join(unsafe)}")
    return unsafe


def _find_action(case: Case, action_id: UUID) -> MaracAction:
    return find_in_case(case, MaracAction, action_id) or abort(404)


def _stored(action: MaracAction) -> dict[str, Any]:
    return {
        "what": action.head.what,
        "due_on": action.head.due_on,
        "owner": str(action.owner_id or "") or None,
        "agency": action.head.agency,
        "is_done": action.head.done_on is not None,
        "result": action.body.result,
    }


def _page(
    template: str, case: Case, form: Form, referral: MaracReferral, *, status: int | None = None
) -> ResponseReturnValue:
    return render_form(template, case, form, status=status, referral=referral)
