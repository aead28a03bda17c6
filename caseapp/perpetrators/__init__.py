"""Alleged perpetrators: what is known, from whom and how surely; and the conflict check."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CasePanel,
    CaseTab,
    register_alleged,
    register_due,
    register_gap,
    register_naming_check,
    register_panel,
    register_person_refusal,
    register_person_watch,
    register_tab,
    register_timeline,
)


def install(app: Flask) -> None:
    from caseapp.perpetrators import additions, conflict_routes, programme_routes, routes  # noqa: F401
    from caseapp.perpetrators.blueprint import bp
    from caseapp.perpetrators.models import ConflictCheck
    from caseapp.perpetrators.plan_words import marks_of

    app.register_blueprint(bp)
    register_tab(
        CaseTab(
            "Alleged perpetrators",
            "perpetrators.list_perpetrators",
            Permission.SEE_PERPETRATORS,
        )
    )
    register_timeline(additions.entries_of, ConflictCheck)
    register_alleged(additions.alleged_in)
    register_panel(CasePanel("perpetrators/warnings.html", additions.panel_of))
    register_due(additions.conflicts_due)
    register_gap(additions.missing_perpetrators)
    register_person_refusal(additions.why_contact_endangers)
    register_person_watch(additions.check_changed_person)
    register_naming_check(marks_of)
