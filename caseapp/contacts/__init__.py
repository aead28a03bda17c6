"""Contact notes, and the tasks they lead to."""

from flask import Flask

from caseapp.cases.contributions import register_timeline


def install(app: Flask) -> None:
    from caseapp.contacts.routes import bp
    from caseapp.contacts.timeline import entries_of

    app.register_blueprint(bp)
    register_timeline(entries_of)
