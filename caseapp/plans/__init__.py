"""Safety plans: written with the person, kept in every version."""

from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import (
    CaseTab,
    register_due,
    register_gap,
    register_tab,
    register_timeline,
    register_turn_watch,
)


def install(app: Flask) -> None:
    from caseapp.plans import compare_routes, picture_routes, reading_routes, routes  # noqa: F401
    from caseapp.plans.blueprint import bp
    from caseapp.plans.due import cases_without_plan, reviews_due
    from caseapp.plans.models import Plan, PlanVersion, ReviewCall
    from caseapp.plans.review_calls import call_for_review
    from caseapp.plans.timeline import entries_of

    app.register_blueprint(bp)
    register_tab(CaseTab("Safety plans", "plans.list_plans", Permission.OPEN_CASE))
    register_timeline(entries_of, Plan, PlanVersion, ReviewCall)
    register_due(reviews_due)
    register_gap(cases_without_plan)
    register_turn_watch(call_for_review)
