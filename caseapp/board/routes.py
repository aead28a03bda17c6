"""The board's one screen, an outcome with its months, and the same on paper."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.board.outcomes import find_outcome
from caseapp.board.panels import RATES, panel
from caseapp.board.paper import paper_of
from caseapp.board.queries import board, published_months
from caseapp.clock import today
from caseapp.database import db
from caseapp.documents.board_paper import FILE_NAME, board_html
from caseapp.documents.printer import printer
from caseapp.documents.problems import DocumentProblem
from caseapp.release_files.words import month_words
from caseapp.web.gate import current_actor, needs

CANNOT_PRINT = 503

bp = Blueprint("board", __name__)


@bp.get("/board")
@needs(Permission.SEE_BOARD)
def show_board() -> ResponseReturnValue:
    return _page()


@bp.get("/board/<outcome>")
@needs(Permission.SEE_BOARD)
def show_outcome(outcome: str) -> ResponseReturnValue:
    """Every indicator of it, month by month."""
    found, months = find_outcome(outcome) or abort(404), published_months(db.session())
    return render_template(
        "board/show_outcome.html",
        outcome=found,
        panel=panel(found, months) if months else None,
        month=month_words(list(months)[-1]) if months else "",
    )


@bp.get("/board/board.pdf")
@needs(Permission.SEE_BOARD)
def print_board() -> ResponseReturnValue:
    actor, day = current_actor(), today()
    paper = paper_of(board(db.session(), day), day)
    reason = decide(actor, Permission.SEE_BOARD)
    record(Kind.BOARD_PRINTED, actor=actor, reason=reason, detail={"month": paper.month_code})
    db.session.commit()  # now, and not after the response: no lock is held while it is printed
    try:
        pdf = printer.print(board_html(paper))
    except DocumentProblem as problem:
        return _page(str(problem)), CANNOT_PRINT
    headers = {"Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def _page(problem: str = "") -> str:
    day = today()
    shown = board(db.session(), day)
    return render_template(
        "board/show_board.html",
        board=shown,
        month=month_words(shown.month) if shown.month else "",
        themes=tuple(RATES.values()),
        day=day,
        problem=problem,
    )
