"""What is missing: a manager's own team with its cases, all teams in bands for an analyst."""

from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import Reason, decide
from caseapp.accounts.queries import list_teams, names_of
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.caseloads.case_rows import open_rows
from caseapp.caseloads.queries import OF_TEAM, PAGE_SIZE
from caseapp.clock import today
from caseapp.data_quality.counts import Counted
from caseapp.data_quality.queries import (
    CLOSED,
    OPEN,
    PERIODS,
    bands_of,
    in_order,
    lacking,
    lines_of,
    opened_lately,
)
from caseapp.data_quality.rules import BANDS, FEWEST
from caseapp.database import db
from caseapp.reference import code_list
from caseapp.web.gate import current_actor, needs
from caseapp.web.leafing import page_number

bp = Blueprint("data_quality", __name__)


@bp.get("/data-quality")
@needs(Permission.SEE_DATA_QUALITY)
def show_quality() -> ResponseReturnValue:
    actor = current_actor()
    if decide(actor, Permission.SEE_DATA_QUALITY) is Reason.ANALYST:
        return redirect(url_for("data_quality.compare_teams"))
    counted = _look(actor, {_team_of(actor)})
    if counted is None or counted.failed:
        return _wait(counted)
    first = CLOSED if request.args.get("sort") == CLOSED else OPEN
    cases = list(opened_lately(counted.teams[_team_of(actor)], _period(), today()))
    return render_template(
        "data_quality/show_quality.html",
        lines=lines_of(cases, first),
        cases=len(cases),
        first=first,
        counted_at=counted.at,
        **_asked(),
    )


@bp.get("/data-quality/cases")
@needs(Permission.SEE_DATA_QUALITY)
def list_lacking() -> ResponseReturnValue:
    """The cases of the manager's own team that lack one fact; each opens through its door."""
    actor = current_actor()
    team_id, code = _team_of(actor), request.args.get("field", "")
    if code not in code_list("quality_field").by_code:
        return redirect(url_for("data_quality.show_quality"))
    status = CLOSED if request.args.get("status") == CLOSED else OPEN
    counted = _look(actor, {team_id})
    if counted is None or counted.failed:
        return _wait(counted)
    cases = opened_lately(counted.teams[team_id], _period(), today())
    ids = sorted(lacking(cases, code, status))
    pages = max(1, -(-len(ids) // PAGE_SIZE))
    page = min(page_number(), pages)
    shown = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    rows = sorted(open_rows(OF_TEAM, {"ids": shown, "team_id": team_id}), key=lambda row: row.name)
    record(Kind.CASES_LISTED, actor=actor, team_id=team_id, detail={"cases": len(rows)})
    return render_template(
        "data_quality/list_lacking.html",
        code=code,
        status=status,
        rows=rows,
        names=names_of({row.advocate_id for row in rows if row.advocate_id}),
        total=len(ids),
        page=page,
        pages=pages,
        **_asked(),
    )


@bp.get("/data-quality/teams")
@needs(Permission.SEE_DATA_QUALITY)
def compare_teams() -> ResponseReturnValue:
    """Bands alone: true shares beside rounded figures would undo the rounding."""
    actor, teams = current_actor(), list_teams()
    if decide(actor, Permission.SEE_DATA_QUALITY) is not Reason.ANALYST:
        abort(404)
    counted = _look(actor, {team.id for team in teams})
    if counted is None or counted.failed:
        return _wait(counted)
    teams = in_order(teams, counted.teams)
    lately = [list(opened_lately(counted.teams[each.id], _period(), today())) for each in teams]
    return render_template(
        "data_quality/compare_teams.html",
        teams=[team.name for team in teams],
        lines=bands_of(lately),
        bands=[words for _, words in BANDS],
        fewest=FEWEST,
        counted_at=counted.at,
        **_asked(),
    )


def _look(actor: Actor, teams: set[UUID]) -> Counted | None:
    """Noted for each team before its cases are opened, which may go on after the answer; noted
    too where an earlier count is shown again."""
    reason = decide(actor, Permission.SEE_DATA_QUALITY)
    for team_id in sorted(teams):
        record(Kind.QUALITY_LOOKED_AT, actor=actor, team_id=team_id, reason=reason)
    db.session.commit()
    counted: Counted | None = current_app.extensions["quality"].of_teams(teams)
    return counted


def _wait(counted: Counted | None) -> ResponseReturnValue:
    """Counting goes on behind the page, which asks again by itself."""
    page = render_template("data_quality/wait_for_count.html", failed=counted is not None)
    return (page, 503) if counted else (page, 200, {"Refresh": "3"})


def _team_of(actor: Actor) -> UUID:
    if actor.team_id is None:
        abort(404)
    return actor.team_id


def _period() -> str:
    asked = request.args.get("opened", "all")
    return asked if asked in PERIODS else "all"


def _asked() -> dict[str, object]:
    return {"period": _period(), "periods": PERIODS}
