"""Cases: episodes of support, the door to each, and the page that other rooms add to."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseAction, register_action
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.cases import allocation_routes, case_routes, person_routes  # noqa: F401
    from caseapp.cases.blueprint import bp

    app.register_blueprint(bp)
    register_navigation("Cases", "cases.list_cases", Permission.SEE_CASES)
    register_navigation("Search", "cases.search_cases", Permission.SEE_CASES)
    register_action(
        CaseAction("Allocate the case", "cases.allocate_case", Permission.ALLOCATE_CASE)
    )
