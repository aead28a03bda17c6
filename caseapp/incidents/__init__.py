"""What was done to the person, and what the law did about it."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseAction, register_action, register_timeline


def install(app: Flask) -> None:
    from caseapp.incidents.routes import bp
    from caseapp.incidents.timeline import entries_of

    app.register_blueprint(bp)
    register_action(CaseAction("Add an incident", "incidents.add_incident", Permission.EDIT_CASE))
    register_timeline(entries_of)
