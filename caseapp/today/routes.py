"""The first page of a working day, and the whole of one part of it."""

from collections.abc import Iterable

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.caseloads.filters import WHEN
from caseapp.caseloads.queries import PAGE_SIZE
from caseapp.cases.contributions import Due
from caseapp.today import queries, rules
from caseapp.today.queries import Desk, DueLine
from caseapp.web.gate import current_actor, needs
from caseapp.web.leafing import page_number

bp = Blueprint("today", __name__)

DECISIONS = "decisions"


@bp.get("/today")
@needs(Permission.SEE_CASES)
def show_today() -> ResponseReturnValue:
    desk = queries.desk_of(current_actor())
    work = list(rules.first_lines(queries.work_of(desk)))
    decisions = list(rules.first_lines(queries.decisions_of(desk))) if desk.leads else []
    team = queries.workloads_of(desk) if desk.leads else []
    return render_template(
        "today/show_today.html",
        leads=desk.leads,
        waiting=queries.waiting_of(desk.actor),
        work=work,
        decisions=decisions,
        lines=_load(desk, queries.shown_dues([*decisions, *work])),
        risks=queries.risks_of(desk),
        gaps=queries.gaps_of(desk),
        team=team,
        names=queries.names_in(desk, team) if desk.leads else {},
    )


@bp.get("/today/<when>")
@needs(Permission.SEE_CASES)
def list_due(when: str) -> ResponseReturnValue:
    """Everything that is due at one time, a page at a time."""
    if when not in WHEN:
        abort(404)
    desk = queries.desk_of(current_actor())
    decides = desk.leads and request.args.get("what") == DECISIONS
    whole = (queries.decisions_of(desk) if decides else queries.work_of(desk))[when]
    dues, page, pages = rules.page_of(whole, page_number(), PAGE_SIZE)
    return render_template(
        "today/list_due.html",
        when=when,
        what=DECISIONS if decides else None,
        dues=dues,
        lines=_load(desk, dues),
        names=queries.names_in(desk, queries.workloads_of(desk)) if desk.leads else {},
        total=len(whole),
        page=page,
        pages=pages,
    )


def _load(desk: Desk, dues: Iterable[Due]) -> dict[Due, DueLine]:
    """The lines of the page, noted with the number of cases that they show."""
    lines, actor = queries.load_lines(desk, dues), desk.actor
    shown = {"cases": len({line.case.id for line in lines.values()})}
    record(Kind.CASES_LISTED, actor=actor, team_id=actor.team_id, detail=shown)
    return lines
