"""Opening a case of another team in an emergency, giving it back, and the manager's review."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.accounts.blueprint import signed_in_user
from caseapp.accounts.demo import skips_second_factor
from caseapp.accounts.kept_forms import keep_form, kept_form_of
from caseapp.accounts.passwords import TooBusy
from caseapp.accounts.queries import names_of
from caseapp.accounts.rules import in_words
from caseapp.accounts.signing_in import MustWait, confirm_password, try_code
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.break_glass import actions, queries
from caseapp.break_glass.actions import BY_PERSON, BY_REFERENCE, OwnAccess, ReviewedAlready
from caseapp.break_glass.forms import EmergencyForm, ReviewForm
from caseapp.cases.blueprint import to_case
from caseapp.cases.door import AccessEnded, open_case, opens_case
from caseapp.cases.emergency import EmergencyAccess, newest_access
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.web.gate import current_actor, needs

bp = Blueprint("break_glass", __name__)

WRONG_PASSWORD = "That is not your password"  # noqa: S105 - words for the page
WRONG_CODE = "That code is wrong, or was used before. Wait for the next one"
BUSY = "Too many people are signing in at this moment. Try again in a few seconds"
NOT_FOUND = (
    "No case was opened. Check what you typed, then enter the next code from your app. A case of"
    " your own team is found with Search. If several people could be meant, only the case reference"
    " opens one"
)
OWN_ACCESS = "You opened this case yourself. Another manager of the team has to review it"
REVIEWED_ALREADY = "Somebody has reviewed this in the meantime. Their review stands"


@bp.route("/emergency", methods=["GET", "POST"])
@needs(Permission.BREAK_GLASS)
def break_glass() -> ResponseReturnValue:
    form = EmergencyForm()
    skips = skips_second_factor(signed_in_user())
    if skips:
        del form.secret_code
    if not form.was_sent or not _is_complete(form):
        return _ask(form)
    if not _has_signed_in_again(form):
        return _ask(form)
    actor = current_actor()
    case = _case_meant(form, actor)
    found_by = BY_REFERENCE if form.by_reference else BY_PERSON
    if case is None:
        actions.note_failure(found_by, actor)
        form.refuse(None, NOT_FOUND)
        return _ask(form)
    reason, words = form.reason.data, form.words.data
    actions.break_glass(form.record_id.data, case, reason, words, found_by, actor)
    if _waits_for(case.id, actor):
        return redirect(url_for("accounts.show_kept_form"), 303)
    return to_case(case)


@bp.post("/cases/<uuid:case_id>/emergency/end")
@opens_case(Permission.OPEN_CASE)
def give_back(case: Case) -> ResponseReturnValue:
    actor = current_actor()
    access = newest_access(case.id, actor.user_id)
    if not case.let_in_for_emergency or access is None:
        return to_case(case)  # they work this case
    actions.give_back(access, case, actor)
    flash("Your emergency access has ended", "success")
    return redirect(url_for("break_glass.break_glass"), 303)


@bp.get("/emergency/reviews")
@needs(Permission.REVIEW_BREAK_GLASS)
def list_accesses() -> ResponseReturnValue:
    actor = current_actor()
    lines = queries.accesses_of_team(actor.team_id) if actor.team_id else []
    record(Kind.GLASS_LISTED, actor=actor, team_id=actor.team_id, detail={"accesses": len(lines)})
    names = names_of({line.access.user_id for line in lines})
    return render_template(
        "break_glass/list_accesses.html", lines=lines, names=names, most=queries.MOST_REVIEWED
    )


@bp.route("/emergency/reviews/<uuid:access_id>", methods=["GET", "POST"])
@needs(Permission.REVIEW_BREAK_GLASS)
def review_access(access_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    access = queries.access_in_team(access_id, actor) or abort(404)
    case = open_case(access.case_id, Permission.OPEN_CASE, actor)
    form = ReviewForm(record_id=access.id, revision=access.revision)
    if form.validate_on_submit():
        try:
            verdict, words = form.verdict.data, form.verdict_words.data
            actions.review_access(access, case, verdict, words, actor)
        except OwnAccess:
            form.refuse(None, OWN_ACCESS)
        except ReviewedAlready:
            form.refuse(None, REVIEWED_ALREADY)
        else:
            flash("The review is saved", "success")
            return redirect(url_for("break_glass.list_accesses"), 303)
    return _review_page(access, case, form)


@bp.app_errorhandler(AccessEnded)
def show_time_over(over: AccessEnded) -> ResponseReturnValue:
    """For a page or a form that was opened while the hour ran. What was typed is kept."""
    actor = current_actor()
    keep_form(actor.user_id)
    page = render_template(
        "break_glass/time_over.html",
        ended_at=over.access.ends_at,
        is_kept=_waits_for(over.access.case_id, actor),
    )
    return page, 403


def _is_complete(form: EmergencyForm) -> bool:
    """Both kinds of problem are shown at once, so that nobody has to send the form twice."""
    holds, names_a_case = form.validate(), form.names_a_case()
    return holds and names_a_case


def _has_signed_in_again(form: EmergencyForm) -> bool:
    """Password, then code, slowed down as when signing in; says beside the field what is wrong."""
    user = signed_in_user()
    try:
        if not confirm_password(user, form.password.data):
            form.refuse("password", WRONG_PASSWORD)
        elif "secret_code" in form and try_code(user, form.secret_code.data) is None:
            form.refuse("secret_code", WRONG_CODE)
        else:
            return True
    except MustWait as refusal:
        form.refuse(None, f"Too many tries. Wait {in_words(refusal.seconds)}, then try again")
    except TooBusy:
        db.session.rollback()
        form.refuse(None, BUSY)
    return False


def _case_meant(form: EmergencyForm, actor: Actor) -> Case | None:
    if form.by_reference:
        return queries.case_meant_by(form.reference.data, actor)
    return queries.case_of_person(form.family_name.data, form.date_of_birth.data, actor)


def _waits_for(case_id: UUID, actor: Actor) -> bool:
    """Whether a form about this very case was kept when the last hour ended."""
    kept = kept_form_of(actor.user_id)
    return kept is not None and kept.path.startswith(f"/cases/{case_id}/")


def _ask(form: EmergencyForm) -> ResponseReturnValue:
    status = 422 if form.was_sent else 200
    return render_template("break_glass/break_glass.html", form=form), status


def _review_page(access: EmergencyAccess, case: Case, form: ReviewForm) -> ResponseReturnValue:
    people = {access.user_id, *filter(None, [access.body.reviewed_by])}
    page = render_template(
        "break_glass/review_access.html",
        form=form,
        line=queries.AccessLine(access, case.head.reference),
        case=case,
        names=names_of(people),
        done=queries.what_was_done(access),
        is_own=access.user_id == current_actor().user_id,
    )
    return page, 422 if form.was_sent else 200
