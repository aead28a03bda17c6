"""What is asked: questionnaires in versions, in the seven languages."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    """Register the pages of the room."""
    from caseapp.questionnaires import draft_routes, question_routes, routes  # noqa: F401
    from caseapp.questionnaires.blueprint import bp

    app.register_blueprint(bp)
    register_navigation(
        "Questionnaires",
        "questionnaires.list_questionnaires",
        Permission.KEEP_QUESTIONNAIRES,
        seldom=True,
    )
