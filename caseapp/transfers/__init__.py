"""Handing a case over from one of our teams to another."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseAction,
    register_action,
    register_due,
    register_timeline,
)
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.transfers import routes  # noqa: F401
    from caseapp.transfers.blueprint import bp
    from caseapp.transfers.models import Transfer
    from caseapp.transfers.queries import dues_of
    from caseapp.transfers.timeline import entries_of

    app.register_blueprint(bp)
    register_navigation(
        "Transfers to us", "transfers.list_transfers", Permission.LEAD_TEAM, seldom=True
    )
    register_action(
        CaseAction("Transfer to another team", "transfers.ask_for_transfer", Permission.EDIT_CASE)
    )
    register_timeline(entries_of, Transfer)
    register_due(dues_of)
