"""The monthly release: figures that nobody can undo, the files they leave in, and their ledger."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.exports import making_routes, routes  # noqa: F401 — their pages join bp
    from caseapp.exports.blueprint import bp

    app.register_blueprint(bp)
    register_navigation("Releases", "exports.list_releases", Permission.SEE_RELEASES, seldom=True)
