"""Closing a case and opening it again, keeping its record, and what was measured meanwhile."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseAction,
    CasePanel,
    CaseTab,
    register_action,
    register_due,
    register_panel,
    register_tab,
    register_timeline,
)
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.closure import keeping_routes, outcome_routes, routes  # noqa: F401
    from caseapp.closure.blueprint import bp
    from caseapp.closure.keeping import over_panel
    from caseapp.closure.models import ClosureRequest, OutcomeMeasure
    from caseapp.closure.queries import dues_of
    from caseapp.closure.timeline import entries_of

    app.register_blueprint(bp)
    register_tab(CaseTab("Outcomes", "closure.list_outcomes", Permission.OPEN_CASE))
    register_action(
        CaseAction("Measure outcomes", "closure.measure_outcomes", Permission.EDIT_CASE)
    )
    register_action(CaseAction("Close the case", "closure.close_case", Permission.CLOSE_CASE))
    register_timeline(entries_of, ClosureRequest, OutcomeMeasure)
    register_due(dues_of)
    register_panel(CasePanel("closure/over_panel.html", over_panel))
    register_navigation(
        "Old records", "closure.list_old_records", Permission.LEAD_TEAM, seldom=True
    )
