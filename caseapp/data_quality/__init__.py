"""What is missing from the records: by team and field, the worst first."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.data_quality.counts import Counts
    from caseapp.data_quality.routes import bp

    app.extensions["quality"] = Counts()
    app.register_blueprint(bp)
    permission = Permission.SEE_DATA_QUALITY
    register_navigation("Data quality", "data_quality.show_quality", permission, seldom=True)
