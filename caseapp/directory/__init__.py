"""The directory of services that a person can be referred to."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.directory import import_routes  # noqa: F401
    from caseapp.directory.routes import bp

    app.register_blueprint(bp)
    register_navigation("Services", "directory.list_services", Permission.SEE_DIRECTORY)
