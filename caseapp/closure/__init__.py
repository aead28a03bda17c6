"""Closing a case and opening it again, and what was measured at intake, review and exit."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseAction,
    CaseTab,
    register_action,
    register_due,
    register_tab,
    register_timeline,
)


def install(app: Flask) -> None:
    from caseapp.closure import outcome_routes, routes  # noqa: F401
    from caseapp.closure.blueprint import bp
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
