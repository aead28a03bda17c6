"""The first page of a working day, and the whole of one part of it."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from caseapp.access.actors import Actor, Role
from caseapp.access.permissions import Permission
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.case_routes import page_number
from caseapp.cases.contributions import Due
from caseapp.cases.filters import WHEN
from caseapp.cases.queries import PAGE_SIZE
from caseapp.today import queries, rules
from caseapp.web.gate import current_actor, needs

bp = Blueprint("today", __name__)

WORK, DECISIONS = "work", "decisions"


@bp.get("/today")
@needs(Permission.SEE_CASES)
def show_today() -> ResponseReturnValue:
    actor = current_actor()
    leads = actor.role is Role.MANAGER
    work = list(rules.first_lines(queries.dues_by_time(actor, queries.whose_of(actor), WORK)))
    decisions = list(rules.first_lines(_decisions(actor))) if leads else []
    loaded = queries.load_lines(actor, queries.shown_dues([*decisions, *work]))
    _note(actor, loaded.cases)
    return render_template(
        "today/show_today.html",
        leads=leads,
        work=work,
        decisions=decisions,
        lines=loaded.lines,
        risks=queries.risks_of(actor),
        gaps=queries.gaps_of(actor),
        team=queries.team_of(actor) if leads else [],
    )


@bp.get("/today/<when>")
@needs(Permission.SEE_CASES)
def list_due(when: str) -> ResponseReturnValue:
    """Everything that is due at one time, a page at a time."""
    if when not in WHEN:
        abort(404)
    actor = current_actor()
    is_decision = actor.role is Role.MANAGER and request.args.get("what") == DECISIONS
    whole = (
        _decisions(actor)
        if is_decision
        else queries.dues_by_time(actor, queries.whose_of(actor), WORK)
    )
    dues, page, pages = rules.page_of(whole[when], page_number(), PAGE_SIZE)
    loaded = queries.load_lines(actor, dues)
    _note(actor, loaded.cases)
    return render_template(
        "today/list_due.html",
        when=when,
        what=DECISIONS if is_decision else None,
        dues=dues,
        lines=loaded.lines,
        total=len(whole[when]),
        page=page,
        pages=pages,
    )


def _decisions(actor: Actor) -> dict[str, list[Due]]:
    return queries.dues_by_time(actor, rules.is_for_manager, DECISIONS)


def _note(actor: Actor, cases: int) -> None:
    record(Kind.CASES_LISTED, actor=actor, team_id=actor.team_id, detail={"cases": cases})
