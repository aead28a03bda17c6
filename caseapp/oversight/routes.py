"""The audit, for administrators: what kinds of things happened, and whether the chains hold."""

from datetime import timedelta

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.verification import verify
from caseapp.clock import now, today
from caseapp.database import db, read_snapshot
from caseapp.oversight import queries
from caseapp.web.gate import current_actor, needs

bp = Blueprint("oversight", __name__)

DAYS = 7


@bp.get("/audit")
@needs(Permission.READ_AUDIT)
def show_audit() -> ResponseReturnValue:
    days = [today() - timedelta(days=back) for back in range(DAYS)]
    page = render_template(
        "oversight/show_audit.html",
        days=days,
        counts=queries.count_kinds(days[-1]),
        page=queries.newest_entries(request.args.get("before")),
        last_verified=queries.last_verified(),
    )
    _record(Kind.AUDIT_READ)
    return page


@bp.post("/audit/verify")
@needs(Permission.READ_AUDIT)
def verify_audit() -> ResponseReturnValue:
    db.session.rollback()  # nothing is written yet, and nobody waits for us while we read
    with read_snapshot() as session:
        found = verify(
            session, current_app.extensions["vault"], current_app.extensions["audit_heads"]
        )
    _record(Kind.AUDIT_VERIFIED, entries=found.entries, faults=len(found.faults))
    return render_template("oversight/verify_audit.html", found=found, at=now())


def _record(kind: Kind, **detail: int) -> None:
    actor = current_actor()
    record(kind, actor=actor, reason=decide(actor, Permission.READ_AUDIT), detail=detail)
