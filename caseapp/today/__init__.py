"""What is due today, for an advocate and for the manager of a team."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.today.routes import bp

    app.register_blueprint(bp)
    register_navigation("Today", "today.show_today", Permission.SEE_CASES)
