"""Handing a survey over: a link, a card, a short code, the tablet; never knows to whom."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.giving.routes import bp

    app.register_blueprint(bp)
    register_navigation("Give a survey", "giving.give", Permission.GIVE_SURVEY, seldom=True)
