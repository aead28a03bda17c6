"""Referrals out: what was asked of another agency, on what basis, and what came of it."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseTab, register_due, register_tab, register_timeline


def install(app: Flask) -> None:
    from caseapp.referrals.queries import due_reminders
    from caseapp.referrals.routes import bp
    from caseapp.referrals.timeline import entries_of

    app.register_blueprint(bp)
    register_tab(CaseTab("Referrals", "referrals.list_referrals", Permission.OPEN_CASE))
    register_timeline(entries_of)
    register_due(due_reminders)
