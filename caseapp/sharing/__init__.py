"""The consent and sharing log: what was shared, with whom, why, and who decided."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseTab,
    register_due,
    register_tab,
    register_timeline,
)


def install(app: Flask) -> None:
    from caseapp.sharing.models import SharingEntry, SharingStep
    from caseapp.sharing.queries import due_decisions
    from caseapp.sharing.routes import bp
    from caseapp.sharing.timeline import entries_of

    app.register_blueprint(bp)
    register_tab(CaseTab("Sharing", "sharing.list_sharing", Permission.OPEN_CASE))
    register_timeline(entries_of, SharingEntry, SharingStep)
    register_due(due_decisions)
