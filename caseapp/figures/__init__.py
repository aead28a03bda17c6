"""Figures that others count: police, youth justice and populations, with source and date."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    """Register the pages of the room."""
    from caseapp.figures import file_routes  # noqa: F401
    from caseapp.figures.routes import bp

    app.register_blueprint(bp)
    register_navigation("Figures", "figures.list_figures", Permission.KEEP_FIGURES)
