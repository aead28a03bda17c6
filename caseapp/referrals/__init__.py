"""Referrals: out to another agency, and in to us."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseTab,
    register_due,
    register_tab,
    register_timeline,
)
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.referrals import incoming_routes  # noqa: F401
    from caseapp.referrals.incoming_models import ReceivedReferral
    from caseapp.referrals.models import Referral
    from caseapp.referrals.queries import due_reminders
    from caseapp.referrals.routes import bp
    from caseapp.referrals.timeline import entries_of

    app.register_blueprint(bp)
    register_navigation(
        "Referrals to us", "referrals.list_referrals_in", Permission.OPEN_NEW_CASE, seldom=True
    )
    register_tab(CaseTab("Referrals", "referrals.list_referrals", Permission.OPEN_CASE))
    register_timeline(entries_of, Referral, ReceivedReferral)
    register_due(due_reminders)
