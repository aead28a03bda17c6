"""Taking a person into the service."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.intake.routes import bp

    app.register_blueprint(bp)
    register_navigation("New case", "intake.new_case", Permission.OPEN_NEW_CASE)
