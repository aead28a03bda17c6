"""Whether a person was asked for their voice: offered or declined, and nothing else."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseAction, register_action, register_timeline


def install(app: Flask) -> None:
    from caseapp.offers.models import SurveyOffer
    from caseapp.offers.routes import bp
    from caseapp.offers.timeline import entries_of

    app.register_blueprint(bp)
    register_action(CaseAction("Ask for their voice", "offers.offer", Permission.ADD_NOTE))
    register_timeline(entries_of, SurveyOffer)
