"""One page for the board: the outcomes of the strategy, their indicators, the action plan."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    """Register the pages of the room."""
    from caseapp.board.routes import bp

    app.register_blueprint(bp)
    register_navigation("Board", "board.show_board", Permission.SEE_BOARD)
