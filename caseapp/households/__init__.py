"""Who belongs together: children, relationships, linked cases."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseTab,
    register_children,
    register_due,
    register_tab,
)


def install(app: Flask) -> None:
    from caseapp.households import routes, tie_routes  # noqa: F401
    from caseapp.households.blueprint import bp
    from caseapp.households.due import flags_to_review
    from caseapp.households.queries import names_in_household

    app.register_blueprint(bp)
    register_tab(CaseTab("Household", "households.show_household", Permission.OPEN_CASE))
    register_due(flags_to_review)
    register_children(names_in_household)
