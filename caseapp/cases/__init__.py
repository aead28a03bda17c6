"""Cases: episodes of support, the door to each, and the page that other rooms add to."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseAction, register_action, register_due, register_gap
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.cases import (  # noqa: F401
        allocation_routes,
        case_routes,
        filter_routes,
        person_routes,
    )
    from caseapp.cases.blueprint import bp
    from caseapp.cases.caseload import Caseload
    from caseapp.cases.dues import own_dues, own_gaps, person_gaps

    app.extensions["caseload"] = Caseload()
    app.register_blueprint(bp)
    register_navigation("Cases", "cases.list_cases", Permission.SEE_CASES)
    register_navigation("Search", "cases.search_cases", Permission.SEE_CASES)
    register_action(
        CaseAction("Allocate the case", "cases.allocate_case", Permission.ALLOCATE_CASE)
    )
    register_due(own_dues)
    for gaps in (own_gaps, person_gaps):
        register_gap(gaps)
