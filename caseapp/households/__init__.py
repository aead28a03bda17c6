"""Who belongs together: children, relationships, linked cases, and people entered twice."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseAction,
    CaseTab,
    register_action,
    register_due,
    register_tab,
)
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.households import merge_routes, routes, tie_routes  # noqa: F401
    from caseapp.households.blueprint import bp
    from caseapp.households.due import flags_to_review

    app.register_blueprint(bp)
    register_tab(CaseTab("Household", "households.show_household", Permission.OPEN_CASE))
    register_action(
        CaseAction(
            "This person was entered twice", "households.find_same_person", Permission.ALLOCATE_CASE
        )
    )
    register_navigation("Duplicates", "households.list_duplicates", Permission.LEAD_TEAM)
    register_due(flags_to_review)
