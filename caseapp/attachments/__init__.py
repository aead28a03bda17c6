"""Files of a case: sealed on the way in, given out as downloads alone."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseTab, register_tab, register_timeline


def install(app: Flask) -> None:
    from caseapp.attachments.models import Attachment
    from caseapp.attachments.routes import bp
    from caseapp.attachments.timeline import entries_of

    app.register_blueprint(bp)
    register_tab(CaseTab("Files", "attachments.list_attachments", Permission.OPEN_CASE))
    register_timeline(entries_of, Attachment)
