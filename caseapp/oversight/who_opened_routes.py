"""Who opened this record: a page for whoever works the case, a paper for the person."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.blueprint import render_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db
from caseapp.documents.access_paper import FILE_NAME, AccessLine, AccessPaper, access_html
from caseapp.documents.printer import printer
from caseapp.documents.problems import DocumentProblem
from caseapp.oversight.routes import bp
from caseapp.oversight.who_opened import PAGE_SIZE, Opening, openings_of
from caseapp.web.gate import current_actor
from caseapp.web.leafing import page_number

CANNOT_PRINT = 503


@bp.get("/cases/<uuid:case_id>/who-opened")
@opens_case(Permission.SEE_WHO_OPENED, Kind.WHO_OPENED_READ)
def show_who_opened(case: Case) -> ResponseReturnValue:
    return _page(case)


@bp.get("/cases/<uuid:case_id>/who-opened/list.pdf")
@opens_case(Permission.SEE_WHO_OPENED, Kind.WHO_OPENED_READ)
def print_who_opened(case: Case) -> ResponseReturnValue:
    """For the person: who saw or changed their record. Who was refused saw nothing, and is not on
    it: a slip of a worker's hand would frighten somebody; the manager sees it on the page."""
    openings, _ = openings_of(case)
    note_act(Kind.WHO_OPENED_PRINTED, case, current_actor(), Permission.SEE_WHO_OPENED)
    db.session.commit()  # now, and not after the response: no lock is held while it is printed
    paper = AccessPaper(lines=tuple(_line(opening) for opening in openings), made_on=today())
    try:
        pdf = printer.print(access_html(paper))
    except DocumentProblem as problem:
        return _page(case, status=CANNOT_PRINT, problem=str(problem))
    # Inline: a browser that shows it leaves no copy among the downloads.
    headers = {"Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def _page(case: Case, *, status: int = 200, problem: str = "") -> ResponseReturnValue:
    openings, refused = openings_of(case)
    pages = max(1, -(-len(openings) // PAGE_SIZE))
    page = min(page_number(), pages)
    return render_case(
        "oversight/show_who_opened.html",
        case,
        status=status,
        openings=openings[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        refused=refused,
        page=page,
        pages=pages,
        url=url_for("oversight.show_who_opened", case_id=case.id),
        problem=problem,
    )


def _line(opening: Opening) -> AccessLine:
    return AccessLine(
        day=opening.day,
        first=opening.first,
        last=opening.last,
        who=opening.who,
        role=opening.role,
        manners=tuple(opening.manners),
        reason=opening.reason,
    )
