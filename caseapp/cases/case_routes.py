"""Finding cases and reading one: my cases, the team's, search by name, the case page."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from caseapp.access.actors import Actor, Role
from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases import queries
from caseapp.cases.blueprint import bp, render_case
from caseapp.cases.caseload import TeamCases
from caseapp.cases.contributions import case_actions, panels
from caseapp.cases.door import may, opens_case
from caseapp.cases.filter_bar import filter_bar
from caseapp.cases.filters import read_wanted
from caseapp.cases.forms import SearchForm
from caseapp.cases.kept_filters import filters_of
from caseapp.cases.models import Case
from caseapp.cases.open_cases import OpenCase
from caseapp.cases.queries import CaseRow
from caseapp.cases.timeline import timeline_of
from caseapp.web.gate import current_actor, needs


@bp.get("/cases")
@needs(Permission.SEE_CASES)
def list_cases() -> ResponseReturnValue:
    actor = current_actor()
    mine = actor.role is Role.ADVOCATE and request.args.get("whose") != "team"
    if request.args.get("status") == "closed":
        return _list_closed(actor, mine=mine)
    wanted, strange = read_wanted(request.args)
    team = queries.open_cases_of(actor)
    page = queries.list_open_cases(actor, team, mine=mine, wanted=wanted, page=page_number())
    _note_listing(Kind.CASES_LISTED, page.rows)
    names = {} if mine else names_of(team.remember("advocates", _ids_of_advocates))
    advocates = {str(user_id): name for user_id, name in sorted(names.items(), key=_by_name)}
    whose = None if mine or actor.role is not Role.ADVOCATE else "team"
    return render_template(
        "cases/list_cases.html",
        cases=page,
        mine=mine,
        status="open",
        can_choose=actor.role is Role.ADVOCATE,
        names=names,
        bar=filter_bar(wanted, whose, strange, filters_of(actor), advocates),
        contacts={case.id: case.contact_on for case in _indexed(team, page.rows)},
    )


def _list_closed(actor: Actor, *, mine: bool) -> ResponseReturnValue:
    page = queries.list_closed_cases(actor, mine=mine, page=page_number())
    _note_listing(Kind.CASES_LISTED, page.rows)
    return render_template(
        "cases/list_cases.html",
        cases=page,
        mine=mine,
        status="closed",
        can_choose=actor.role is Role.ADVOCATE,
        names={} if mine else _advocates(page.rows),
        bar=None,
        contacts={},
    )


@bp.route("/cases/search", methods=["GET", "POST"])
@needs(Permission.SEE_CASES)
def search_cases() -> ResponseReturnValue:
    form = SearchForm()
    found: tuple[CaseRow, ...] | None = None
    if form.validate_on_submit():
        found = queries.search_cases(current_actor(), form.text.data)
        _note_listing(Kind.CASES_SEARCHED, found)
    return render_template(
        "cases/search_cases.html", form=form, found=found, names=_advocates(found or ())
    ), (422 if form.errors else 200)


@bp.get("/cases/<uuid:case_id>")
@opens_case(Permission.OPEN_CASE)
def show_case(case: Case) -> ResponseReturnValue:
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


def page_number() -> int:
    """Of the address; anything that is no number of a page is the first one."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 12 else 1


def _note_listing(kind: Kind, rows: tuple[CaseRow, ...]) -> None:
    actor = current_actor()
    record(kind, actor=actor, team_id=actor.team_id, detail={"cases": len(rows)})


def _ids_of_advocates(cases: Iterable[OpenCase]) -> set[UUID]:
    return {case.advocate_id for case in cases if case.advocate_id}


def _by_name(worker: tuple[UUID, str]) -> str:
    return worker[1].casefold()


def _indexed(team: TeamCases, rows: Iterable[CaseRow]) -> Iterator[OpenCase]:
    return (team.by_id[row.id] for row in rows if row.id in team.by_id)


def _advocates(rows: tuple[CaseRow, ...]) -> dict[UUID, str]:
    return names_of({row.advocate_id for row in rows if row.advocate_id})
