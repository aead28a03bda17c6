"""How much danger there is: judgements, the DASH result, the youth judgement, and their course."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseAction,
    CasePanel,
    CaseTab,
    register_action,
    register_panel,
    register_tab,
    register_timeline,
)


def install(app: Flask) -> None:
    from caseapp.risk.panels import course_panel, marac_panel
    from caseapp.risk.queries import MODELS
    from caseapp.risk.routes import bp
    from caseapp.risk.timeline import entries_of

    app.register_blueprint(bp)
    register_tab(CaseTab("Risk", "risk.show_course", Permission.OPEN_CASE))
    register_action(CaseAction("Judge the risk", "risk.choose_tool", Permission.EDIT_CASE))
    register_panel(CasePanel("risk/marac_panel.html", marac_panel))
    register_panel(CasePanel("risk/course_panel.html", course_panel))
    register_timeline(entries_of, *MODELS.values())
