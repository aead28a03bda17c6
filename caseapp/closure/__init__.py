"""Closing a case and opening it again, and what was measured at intake, review and exit."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseAction, register_action


def install(app: Flask) -> None:
    from caseapp.closure.routes import bp

    app.register_blueprint(bp)
    register_action(CaseAction("Close the case", "closure.close_case", Permission.CLOSE_CASE))
