"""The partnership's action plan: objectives, actions, owners, progress, evidence."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    """Register the pages of the room."""
    from caseapp.strategy.routes import bp

    app.register_blueprint(bp)
    register_navigation("Action plan", "strategy.list_actions", Permission.SEE_BOARD, seldom=True)
