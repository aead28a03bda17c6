"""Cases: episodes of support, the door to each, and the page that other rooms add to."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseAction, register_action, register_due, register_gap


def install(app: Flask) -> None:
    from caseapp.cases import (  # noqa: F401
        allocation_routes,
        case_routes,
        person_routes,
        theme_routes,
    )
    from caseapp.cases.blueprint import bp
    from caseapp.cases.dues import own_dues, own_gaps, person_gaps

    app.register_blueprint(bp)
    register_action(
        CaseAction("Allocate the case", "cases.allocate_case", Permission.ALLOCATE_CASE)
    )
    register_due(own_dues)
    for gaps in (own_gaps, person_gaps):
        register_gap(gaps)
