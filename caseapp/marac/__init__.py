"""The multi-agency risk assessment conference: referral, meeting, actions, feedback."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import CaseTab, register_due, register_tab, register_timeline


def install(app: Flask) -> None:
    from caseapp.marac import meeting_routes, paper_routes, referral_routes  # noqa: F401
    from caseapp.marac.blueprint import bp
    from caseapp.marac.models import MaracReferral
    from caseapp.marac.queries import dues_of, known_referrals
    from caseapp.marac.timeline import entries_of
    from caseapp.risk.queries import register_marac_referrals

    app.register_blueprint(bp)
    # A referral names the alleged perpetrator, so it is seen by those who may see them.
    register_tab(CaseTab("MARAC", "marac.list_referrals", Permission.SEE_PERPETRATORS))
    register_timeline(entries_of, MaracReferral)
    register_due(dues_of)
    register_marac_referrals(known_referrals)
