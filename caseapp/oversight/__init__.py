"""Oversight: reading and verifying the audit, and checking that every record opens."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.oversight.routes import bp

    app.register_blueprint(bp)
    register_navigation("Audit", "oversight.show_audit", Permission.READ_AUDIT)
