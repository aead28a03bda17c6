"""Oversight: reading and verifying the audit, who opened a record, whether every record opens."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseTab, register_tab
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.oversight import who_opened_routes  # noqa: F401
    from caseapp.oversight.routes import bp

    app.register_blueprint(bp)
    register_navigation("Audit", "oversight.show_audit", Permission.READ_AUDIT)
    register_tab(CaseTab("Who opened it", "oversight.show_who_opened", Permission.SEE_WHO_OPENED))
