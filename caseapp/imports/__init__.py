"""Bringing an existing caseload in from a spreadsheet."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.imports.routes import bp

    app.register_blueprint(bp)
    register_navigation("Import", "imports.list_imports", Permission.IMPORT_CASES, seldom=True)
