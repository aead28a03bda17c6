"""What people do with their own account, and the form that was kept for them."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts import actions, kept_forms, second_factor, signing_in
from caseapp.accounts.blueprint import bp, page, signed_in_user
from caseapp.accounts.demo import skips_second_factor
from caseapp.accounts.destinations import after_sign_in
from caseapp.accounts.forms import ChangePasswordForm, ChangeSecondFactorForm, PresentPasswordForm
from caseapp.accounts.models import User
from caseapp.accounts.new_passwords import weakness_for
from caseapp.accounts.passwords import hash_password
from caseapp.accounts.sign_in_routes import WRONG_FIRST_CODE
from caseapp.clock import now
from caseapp.web.gate import needs

WRONG_PASSWORD = "That is not your present password"  # noqa: S105 - words for the page


@bp.route("/account")
@needs(Permission.KEEP_ACCOUNT)
def show_account() -> ResponseReturnValue:
    user = signed_in_user()
    return render_template(
        "accounts/show_account.html", user=user, is_demo=skips_second_factor(user)
    )


@bp.route("/account/password", methods=["GET", "POST"])
@needs(Permission.KEEP_ACCOUNT)
def change_password() -> ResponseReturnValue:
    user, form = signed_in_user(), ChangePasswordForm()
    if not form.validate_on_submit():
        return page("accounts/change_password.html", form, user=user)
    if not signing_in.confirm_password(user, form.present_password.data):
        form.refuse("present_password", WRONG_PASSWORD)
    elif weakness := weakness_for(user, form.new_password.data):
        form.refuse("new_password", weakness)
    else:
        actions.change_password(user, hash_password(form.new_password.data))
        return _stay_alone(user, "Your password is changed, and you are signed out elsewhere.")
    return page("accounts/change_password.html", form, user=user)


@bp.route("/account/second-factor", methods=["GET", "POST"])
@needs(Permission.KEEP_ACCOUNT)
def change_second_factor() -> ResponseReturnValue:
    user, form, secret = signed_in_user(), ChangeSecondFactorForm(), signing_in.offered_secret()
    if form.validate_on_submit():
        step = second_factor.matching_step(secret, form.secret_code.data, 0, now())
        if not signing_in.confirm_password(user, form.present_password.data):
            form.refuse("present_password", WRONG_PASSWORD)
        elif step is None:
            form.refuse("secret_code", WRONG_FIRST_CODE)
        else:
            actions.change_second_factor(user, secret, step)
            session.pop(signing_in.OFFERED)
            return _stay_alone(user, "Your second factor is changed.")
    return page(
        "accounts/change_second_factor.html",
        form,
        qr=second_factor.qr_code(secret, user.head.email),
        secret=second_factor.grouped(secret),
    )


@bp.route("/account/new-recovery-codes", methods=["GET", "POST"])
@needs(Permission.KEEP_ACCOUNT)
def make_recovery_codes() -> ResponseReturnValue:
    user, form = signed_in_user(), PresentPasswordForm()
    if form.validate_on_submit():
        if signing_in.confirm_password(user, form.present_password.data):
            session["recovery_codes"] = actions.replace_recovery_codes(user)
            return redirect(url_for("accounts.show_recovery_codes"), 303)
        form.refuse("present_password", WRONG_PASSWORD)
    return page("accounts/make_recovery_codes.html", form)


@bp.route("/account/recovery-codes")
@needs(Permission.KEEP_ACCOUNT)
def show_recovery_codes() -> ResponseReturnValue:
    """New codes stay here until their owner says that they are kept; then they are gone."""
    if "recovery_codes" not in session:
        return redirect(url_for("accounts.show_account"))
    return render_template("accounts/show_recovery_codes.html", codes=session["recovery_codes"])


@bp.route("/account/recovery-codes/kept", methods=["POST"])
@needs(Permission.KEEP_ACCOUNT)
def keep_recovery_codes() -> ResponseReturnValue:
    session.pop("recovery_codes", None)
    return redirect(after_sign_in(signed_in_user()), 303)


@bp.route("/account/kept-form")
@needs(Permission.KEEP_ACCOUNT)
def show_kept_form() -> ResponseReturnValue:
    kept = kept_forms.kept_form_of(signed_in_user().id)
    if kept is None:
        return redirect(url_for("accounts.show_home"))
    return render_template("accounts/show_kept_form.html", kept=kept)


@bp.route("/account/kept-form/discard", methods=["POST"])
@needs(Permission.KEEP_ACCOUNT)
def discard_kept_form() -> ResponseReturnValue:
    kept_forms.discard_kept_form()
    return redirect(url_for("accounts.show_home"), 303)


def _stay_alone(user: User, message: str) -> ResponseReturnValue:
    """Every session of the account has ended; this one goes on under a new token."""
    signing_in.renew_token()
    signing_in.log_in(user)
    flash(message, "success")
    return redirect(url_for("accounts.show_account"), 303)
