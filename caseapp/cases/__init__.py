"""Cases: episodes of support, and everything that is written in them."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.cases import case_routes, decision_routes, intake_routes, record_routes  # noqa: F401
    from caseapp.cases.blueprint import bp

    app.register_blueprint(bp)
    register_navigation("Cases", "cases.list_cases", Permission.SEE_CASES)
    register_navigation("Search", "cases.search_cases", Permission.SEE_CASES)
    register_navigation("New case", "cases.new_case", Permission.OPEN_NEW_CASE)
