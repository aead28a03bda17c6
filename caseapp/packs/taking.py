"""One case of a pack: may this manager still take its plans, and which of them may leave."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from threading import Semaphore
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.door import AccessEnded, may, open_case
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.documents.plan_paper import PlanPaper
from caseapp.documents.problems import DocumentProblem, PrinterClosed, RenderTookTooLong
from caseapp.packs.models import How
from caseapp.plans.models import Plan, PlanVersion
from caseapp.plans.queries import newest_version, plans_of
from caseapp.prints.actions import CopyNotSafe, NamesSomebody
from caseapp.prints.printing import paper_to_leave, print_plan
from caseapp.prints.rules import PaperCopy, format_for, known_language
from caseapp.vault.errors import CannotOpen
from caseapp.web.errors import is_store_problem

# However many packs are made, one worker of the printer is free for whoever prints a single plan:
# else two plans that hang would hold everybody up.
ONE_AT_A_TIME = Semaphore()
WHY_NOT = {
    CopyNotSafe: "not_safe",
    NamesSomebody: "names_somebody",
    RenderTookTooLong: "too_long",
    CannotOpen: "damaged",
    NotFound: "gone",
    AccessEnded: "gone",
}


@dataclass(frozen=True)
class Leaving:
    """A plan that may leave, and how; `paper` holds its words, so it is never kept."""

    case: Case
    version: PlanVersion
    copy: PaperCopy
    paper: PlanPaper


def read_plans(case_id: UUID, pack_id: UUID, how: How, by: Actor) -> Iterator[Leaving | str]:
    """Each plan of the case, or why it stays: a code of rules.LEFT_OUT. In a transaction of the
    caller's, which the door of the case notes itself in."""
    try:
        case = open_case(case_id, Permission.PRINT_PLAN, by, Kind.PLAN_READ)
        if not case.is_open:
            yield "closed"
            return
        plans = plans_of(case)
    except Exception as failure:  # noqa: BLE001  one bad case never stops the pack
        yield why_left_out(failure)
        return
    for plan in plans:
        yield _read_plan(case, plan, pack_id, how)
    if not plans:
        yield "no_plan"


def make_plan(leaving: Leaving, password: str) -> bytes | str:
    """The PDF, locked where there is a password, or why it stays. Outside any transaction."""
    try:
        with ONE_AT_A_TIME:
            return print_plan(leaving.paper, leaving.copy.form, password)
    except PrinterClosed:  # the server stops: the pack says so itself
        raise
    except Exception as failure:  # noqa: BLE001
        return why_left_out(failure)


def why_not_any_more(leaving: Leaving, by: Actor) -> str:
    """While the paper was made, the case may have gone to another team, or a new version have been
    saved, which may say that a copy is not safe. A code of rules.LEFT_OUT, or ""."""
    db.session.refresh(leaving.case)
    if may(by, Permission.PRINT_PLAN, leaving.case) is None:
        return "gone"
    plan = db.session.get_one(Plan, leaving.version.plan_id, populate_existing=True)
    return "" if plan.head.versions == leaving.version.number else "changed"


def are_still_ours(case_ids: Collection[UUID], by: Actor) -> bool:
    """Whether the plans of all of them may be taken out yet: since the pack was made, a case may
    have gone to another team."""
    cases = db.session.scalars(select(Case).where(Case.id.in_(case_ids))).all()
    return len(cases) == len(case_ids) and all(
        may(by, Permission.PRINT_PLAN, each) for each in cases
    )


def why_left_out(failure: Exception) -> str:
    """A code of rules.LEFT_OUT. Raises again what is no fault of one plan: a full disk, a database
    that is gone."""
    if is_store_problem(failure):
        raise failure
    known = next((code for kind, code in WHY_NOT.items() if isinstance(failure, kind)), "")
    if not known and not isinstance(failure, DocumentProblem):
        current_app.logger.error("a plan of a pack failed: %s", type(failure).__name__)
    return known or "not_made"


def _read_plan(case: Case, plan: Plan, pack_id: UUID, how: How) -> Leaving | str:
    try:
        version = newest_version(plan)
        copy = copy_of(version, pack_id, how)
        return Leaving(case, version, copy, paper_to_leave(case, plan, version, copy))
    except Exception as failure:  # noqa: BLE001
        return why_left_out(failure)


def copy_of(version: PlanVersion, pack_id: UUID, how: How) -> PaperCopy:
    """How this version leaves. Nobody can be asked for each whether a copy is safe: what the plan
    says of it counts."""
    head = version.head
    return PaperCopy(
        form=how.format or format_for(head.reading_format),
        language=how.language or known_language(head.language),
        is_safe=head.copy_is_safe,
        reason="" if head.copy_is_safe else how.copy_reason,
        is_locked=True,
        pack=str(pack_id),
    )
