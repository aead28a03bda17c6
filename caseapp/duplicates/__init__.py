"""People who were entered twice: found, put side by side, merged, and parted again."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseAction, register_action
from caseapp.web.navigation import register_navigation


def install(app: Flask) -> None:
    from caseapp.duplicates import routes  # noqa: F401
    from caseapp.duplicates.blueprint import bp

    app.register_blueprint(bp)
    register_action(
        CaseAction(
            "This person was entered twice", "duplicates.find_same_person", Permission.ALLOCATE_CASE
        )
    )
    register_navigation(
        "Duplicates", "duplicates.list_duplicates", Permission.LEAD_TEAM, seldom=True
    )
