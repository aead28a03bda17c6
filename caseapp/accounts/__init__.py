"""Sign-in, second factor, teams, and the accounts of those who work in them."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.gate import login_manager
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    """Register the views, and tell the gate who is signed in and what strangers get."""
    from caseapp.accounts import (  # noqa: F401
        administration_routes,
        own_account_routes,
        refusals,
        sign_in_routes,
        start_password_routes,
    )
    from caseapp.accounts.blueprint import bp
    from caseapp.accounts.kept_forms import ask_to_sign_in, forget_saved_form
    from caseapp.accounts.queries import load_signed_in

    login_manager.user_loader(load_signed_in)
    login_manager.unauthorized_handler(ask_to_sign_in)
    app.after_request(forget_saved_form)
    app.register_blueprint(bp)
    register_navigation("Accounts", "accounts.list_accounts", Permission.MANAGE_ACCOUNTS)
