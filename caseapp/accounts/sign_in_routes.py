"""Signing in, step by step, and signing out."""

from flask import make_response, redirect, session, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.access.policy import Reason
from caseapp.accounts import actions, demo, second_factor, signing_in
from caseapp.accounts.blueprint import bp, is_signed_in, page, signed_in_user
from caseapp.accounts.destinations import after_sign_in, home_endpoint
from caseapp.accounts.devices import remember_device
from caseapp.accounts.forms import CodeForm, FirstCodeForm, NewPasswordForm, SignInForm
from caseapp.accounts.kept_forms import something_waits
from caseapp.accounts.models import User
from caseapp.accounts.new_passwords import weakness_for
from caseapp.accounts.passwords import hash_password
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import now
from caseapp.web.gate import current_actor, needs, public

WRONG = "The email address or the password is wrong"
WRONG_CODE = "That code is wrong, or was used before. Wait for the next one"
WRONG_FIRST_CODE = "That code is wrong. Check the clock of your phone, then type the newest code"


@bp.route("/")
@public
def show_home() -> ResponseReturnValue:
    """The front door: everybody is sent to where they work."""
    if not is_signed_in():
        return redirect(url_for("accounts.sign_in"))
    return redirect(url_for(home_endpoint(current_actor().role)))


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if is_signed_in():
        return redirect(url_for("accounts.show_home"))
    form = SignInForm()
    if not form.validate_on_submit():
        return sign_in_page(form)
    user = signing_in.try_password(form.email.data, form.password.data)
    if user is None:
        form.refuse("password", WRONG)
        return sign_in_page(form)
    signing_in.begin(user)
    return _next(user)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def enter_code() -> ResponseReturnValue:
    user = _user_at("accounts.enter_code")
    if user is None:
        return redirect(url_for("accounts.sign_in"))
    form = CodeForm()
    if not form.validate_on_submit():
        return page("accounts/enter_code.html", form)
    how = signing_in.try_code(user, form.secret_code.data)
    if how is None:
        form.refuse("secret_code", WRONG_CODE)
        return page("accounts/enter_code.html", form)
    signing_in.pass_second_factor(how)
    return _next(user)


@bp.route("/sign-in/second-factor", methods=["GET", "POST"])
@public
def set_up_second_factor() -> ResponseReturnValue:
    """The first sign-in: the second factor counts once a code has shown that it works."""
    user = _user_at("accounts.set_up_second_factor")
    if user is None:
        return redirect(url_for("accounts.sign_in"))
    form, secret = FirstCodeForm(), signing_in.offered_secret()
    if form.validate_on_submit():
        step = second_factor.matching_step(secret, form.secret_code.data, 0, now())
        if step is not None:
            actions.change_second_factor(user, secret, step)
            session["recovery_codes"] = actions.replace_recovery_codes(user)
            signing_in.pass_second_factor("app")
            return _next(user)
        form.refuse("secret_code", WRONG_FIRST_CODE)
    qr = second_factor.qr_code(secret, user.head.email)
    secret = second_factor.grouped(secret)
    return page("accounts/set_up_second_factor.html", form, qr=qr, secret=secret)


@bp.route("/sign-in/new-password", methods=["GET", "POST"])
@public
def choose_password() -> ResponseReturnValue:
    """Whoever was given a start password replaces it before anything else."""
    user = _user_at("accounts.choose_password")
    if user is None:
        return redirect(url_for("accounts.sign_in"))
    form = NewPasswordForm()
    if form.validate_on_submit():
        weakness = weakness_for(user, form.new_password.data)
        if weakness is None:
            actions.change_password(user, hash_password(form.new_password.data))
            signing_in.renew_password_mark(user)
            return _next(user)
        form.refuse("new_password", weakness)
    return page("accounts/choose_password.html", form, user=user)


@bp.route("/sign-out", methods=["POST"])
@needs(Permission.KEEP_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    actor = current_actor()
    record(Kind.SIGNED_OUT, actor=actor, subject_id=actor.user_id, reason=Reason.OWN_ACCOUNT)
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


@bp.route("/sign-out-everywhere", methods=["POST"])
@needs(Permission.KEEP_ACCOUNT)
def sign_out_everywhere() -> ResponseReturnValue:
    actions.end_all_sessions(signed_in_user())
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


def sign_in_page(form: SignInForm, status: int | None = None) -> ResponseReturnValue:
    """The form, with what is waiting for whoever signs in now."""
    return page(
        "accounts/sign_in.html",
        form,
        status,
        has_kept_form=something_waits(),
        has_timed_out=session.get("timed_out", False),
        demo_accounts=demo.ACCOUNTS if demo.is_demo_home() else {},
        demo_password=demo.PASSWORD,
    )


def _user_at(step: str) -> User | None:
    """Who is signing in, if this is the step that they are at."""
    user = signing_in.pending_user()
    return user if user is not None and signing_in.next_step(user) == step else None


def _next(user: User) -> ResponseReturnValue:
    step = signing_in.next_step(user)
    if step is not None:
        return redirect(url_for(step), 303)
    signing_in.finish(user)
    response = make_response(redirect(after_sign_in(user), 303))
    remember_device(response, user.id)
    return response
