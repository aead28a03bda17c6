"""What was heard: open answers put into themes, results, and what was done about them."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    """Register the pages of the room."""
    from caseapp.voice import coding_routes, finding_routes, routes  # noqa: F401
    from caseapp.voice.blueprint import bp

    app.register_blueprint(bp)
    register_navigation("Voice", "voice.show_results", Permission.SEE_VOICE, seldom=True)
