"""Finding cases: my own, the team's, by name."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from caseapp.access.actors import Actor, Role
from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.caseloads import queries
from caseapp.caseloads.blueprint import bp
from caseapp.caseloads.case_rows import CaseRow
from caseapp.caseloads.filter_bar import filter_bar
from caseapp.caseloads.filters import read_wanted
from caseapp.caseloads.forms import SearchForm
from caseapp.caseloads.index import TeamCases
from caseapp.caseloads.kept_filters import filters_of
from caseapp.caseloads.open_cases import OpenCase
from caseapp.caseloads.queries import SEARCH_LIMIT
from caseapp.web.gate import current_actor, needs
from caseapp.web.leafing import page_number


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
        "caseloads/list_cases.html",
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
        "caseloads/list_cases.html",
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
    more = False
    if form.validate_on_submit():
        rows = queries.search_cases(current_actor(), form.text.data)
        found, more = rows[:SEARCH_LIMIT], len(rows) > SEARCH_LIMIT
        _note_listing(Kind.CASES_SEARCHED, found)
    names = _advocates(found or ())
    status = 422 if form.errors else 200
    page = {"form": form, "found": found, "more": more, "names": names}
    return render_template("caseloads/search_cases.html", **page), status


def _note_listing(kind: Kind, rows: tuple[CaseRow, ...]) -> None:
    actor = current_actor()
    record(kind, actor=actor, team_id=actor.team_id, detail={"cases": len(rows)})


def _ids_of_advocates(cases: Iterable[OpenCase]) -> set[UUID]:
    return {case.advocate_id for case in cases if case.advocate_id}


def _by_name(worker: tuple[UUID, str]) -> str:
    return worker[1].casefold()


def _indexed(team: TeamCases, rows: Iterable[CaseRow]) -> Iterator[OpenCase]:
    return filter(None, (team.by_id.get(row.id) for row in rows))


def _advocates(rows: tuple[CaseRow, ...]) -> dict[UUID, str]:
    return names_of({row.advocate_id for row in rows if row.advocate_id})
