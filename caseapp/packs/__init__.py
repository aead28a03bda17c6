"""A manager's pack: the safety plans of many cases, made in the background."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.packs import choosing_routes, routes  # noqa: F401
    from caseapp.packs.blueprint import bp

    app.register_blueprint(bp)
    register_navigation("Packs of plans", "packs.list_packs", Permission.MAKE_PACK, seldom=True)
