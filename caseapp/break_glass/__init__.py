"""Opening a case of another team in an emergency: for an hour, looked at after."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import register_due, register_timeline
from caseapp.web.navigation import register_navigation, register_notice


def install(app: Flask) -> None:
    from caseapp.break_glass.contributions import dues_of, entries_of, reviews_notice
    from caseapp.break_glass.routes import bp
    from caseapp.cases.emergency import EmergencyAccess

    app.register_blueprint(bp)
    register_notice(reviews_notice)
    register_due(dues_of)
    register_timeline(entries_of, EmergencyAccess)
    register_navigation("Emergency", "break_glass.break_glass", Permission.BREAK_GLASS, seldom=True)
