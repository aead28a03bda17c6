"""How much danger there is: judgements, the DASH result, the youth judgement, and their course."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseAction, register_action, register_timeline


def install(app: Flask) -> None:
    from caseapp.risk.routes import bp
    from caseapp.risk.timeline import entries_of

    app.register_blueprint(bp)
    register_action(CaseAction("Judge the risk", "risk.judge_risk", Permission.EDIT_CASE))
    register_timeline(entries_of)
