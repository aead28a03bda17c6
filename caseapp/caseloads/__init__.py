"""Finding cases: the lists with their filters and order, and search by name."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.caseloads import filter_routes, routes  # noqa: F401
    from caseapp.caseloads.blueprint import bp
    from caseapp.caseloads.index import Caseload

    app.extensions["caseload"] = Caseload()
    app.register_blueprint(bp)
    register_navigation("Cases", "caseloads.list_cases", Permission.SEE_CASES)
    register_navigation("Search", "caseloads.search_cases", Permission.SEE_CASES)
