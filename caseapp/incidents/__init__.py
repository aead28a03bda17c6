"""What was done to the person, what the law did about it, and their rights as a victim."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseAction,
    CaseTab,
    register_action,
    register_due,
    register_gap,
    register_harm,
    register_tab,
    register_timeline,
)


def install(app: Flask) -> None:
    from caseapp.incidents import outcome_routes  # noqa: F401
    from caseapp.incidents.models import Incident
    from caseapp.incidents.queries import dues_in, gaps_in, harm_in
    from caseapp.incidents.routes import bp
    from caseapp.incidents.timeline import entries_of

    app.register_blueprint(bp)
    register_tab(CaseTab("Incidents", "incidents.list_incidents", Permission.OPEN_CASE))
    register_action(CaseAction("Add an incident", "incidents.add_incident", Permission.EDIT_CASE))
    register_timeline(entries_of, Incident)
    register_harm(harm_in)
    register_due(dues_in)
    register_gap(gaps_in)
