"""Which tables the releases of a year hold, and by which method they are made safe."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    """Register the pages of the room."""
    from caseapp.catalogues import adding_routes, method_routes, trial_routes  # noqa: F401
    from caseapp.catalogues.routes import bp

    app.register_blueprint(bp)
    register_navigation("Tables", "catalogues.choose_year", Permission.CHOOSE_CATALOGUE)
    register_navigation("Release method", "catalogues.list_methods", Permission.CHOOSE_METHOD)
