"""The plan of a case for the command line: the same rules and the same audit as on the page."""

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.cases.queries import find_case
from caseapp.database import transaction
from caseapp.documents.plan_paper import PlanPaper
from caseapp.plans.models import Plan, PlanVersion
from caseapp.plans.queries import newest_version, plans_of
from caseapp.prints.actions import CopyNotSafe, NamesSomebody, take_out
from caseapp.prints.printing import paper_to_leave, print_plan
from caseapp.prints.rules import PaperCopy, known_language
from caseapp.reference import choices


class NotPrinted(Exception):
    """The command line gets no PDF; the message is one plain line."""


def plan_pdf_for(
    reference: str,
    *,
    form: str = "standard",
    language: str = "",
    copy_reason: str = "",
    password: str = "",
) -> bytes:
    """The PDF of the newest plan of a case, for whoever holds the home's key. Audited.

    Nobody can be asked whether a copy is safe, so what the plan says counts; a reason says that
    it is not. `language`: that of the plan, where none is given. Raises NotPrinted, and
    DocumentProblem where the paper cannot be made.
    """
    with transaction():
        case = _case(reference)
        plan = _newest_plan(case)
        version = newest_version(plan)
        note_act(Kind.PLAN_READ, case, None, Permission.PRINT_PLAN, subject_id=plan.id)
    copy = PaperCopy(
        form=form,
        language=known_language(language or version.head.language),
        is_safe=version.head.copy_is_safe and not copy_reason,
        reason=copy_reason,
        is_locked=bool(password),
    )
    with transaction():
        paper = _paper(case, plan, version, copy)
    pdf = print_plan(paper, form, password)
    with transaction():
        take_out(case, version, None, copy)
    return pdf


def _case(reference: str) -> Case:
    case = find_case(reference)
    if case is None:
        raise NotPrinted("there is no case with this reference")
    return case


def _newest_plan(case: Case) -> Plan:
    """The one that was written last."""
    plans = plans_of(case)
    if not plans:
        raise NotPrinted("this case has no safety plan yet")
    return plans[0]


def _paper(case: Case, plan: Plan, version: PlanVersion, copy: PaperCopy) -> PlanPaper:
    try:
        return paper_to_leave(case, plan, version, copy)
    except CopyNotSafe:
        codes = " or ".join(code for code, _ in choices("plan_copy_reason"))
        raise NotPrinted(f"a copy is not safe to keep: add --copy-reason {codes}") from None
    except NamesSomebody as found:
        where = ", ".join(found.headings)
        raise NotPrinted(
            f"the plan names somebody who is said to have done it: change “{where}” first"
        ) from None
