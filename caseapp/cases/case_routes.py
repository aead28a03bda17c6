"""Reading one case: its page, and the person it is about."""

from collections.abc import Iterator

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from caseapp.access.permissions import Permission
from caseapp.cases.blueprint import bp, render_case
from caseapp.cases.contributions import case_actions, panels
from caseapp.cases.door import may, opens_case
from caseapp.cases.models import Case
from caseapp.cases.page_rows import read_page_rows
from caseapp.cases.queries import remember_readings
from caseapp.cases.timeline import timeline_of
from caseapp.web.gate import current_actor


@bp.get("/cases/<uuid:case_id>")
@opens_case(Permission.OPEN_CASE)
def show_case(case: Case) -> ResponseReturnValue:
    remember_readings(case, read_page_rows(case))
    return page_of(case)


def page_of(case: Case) -> ResponseReturnValue:
    return render_case(
        "cases/show_case.html",
        case,
        timeline=timeline_of(case),
        actions=list(_actions(case)),
        panels=list(_panels(case)),
    )


@bp.get("/cases/<uuid:case_id>/person")
@opens_case(Permission.OPEN_CASE)
def show_person(case: Case) -> ResponseReturnValue:
    return render_case("cases/show_person.html", case)


def _actions(case: Case) -> Iterator[tuple[str, str]]:
    """(label, address) of what this actor may do to an open case."""
    for action in case_actions:
        if case.is_open and may(current_actor(), action.permission, case):
            yield action.label, url_for(action.endpoint, case_id=case.id)


def _panels(case: Case) -> Iterator[Markup]:
    for panel in panels:
        values = panel.values_of(case)
        if values is not None:
            yield Markup(render_template(panel.template, case=case, panel=values))  # noqa: S704
