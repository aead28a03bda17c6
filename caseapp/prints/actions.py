"""Taking a version of a plan out, with its audit entry."""

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.contributions import naming_somebody
from caseapp.cases.models import Case
from caseapp.documents.plan_paper import PlanPaper
from caseapp.plans.models import PlanVersion
from caseapp.prints.rules import PaperCopy, may_leave, typed_in


class CopyNotSafe(Exception):
    """It is not safe for the person to keep a copy, and no reason was given to print one."""


class NamesSomebody(Exception):
    """Somebody who is said to have harmed the person is named in it; `headings` say where."""

    def __init__(self, headings: tuple[str, ...]) -> None:
        super().__init__("the plan names an alleged perpetrator")
        self.headings = headings


def insist_on_leaving(case: Case, version: PlanVersion, paper: PlanPaper, copy: PaperCopy) -> None:
    """Raises CopyNotSafe or NamesSomebody where this paper must not leave."""
    if not may_leave(copy):
        raise CopyNotSafe
    insist_on_no_names(case, version, paper)


def insist_on_no_names(case: Case, version: PlanVersion, paper: PlanPaper) -> None:
    """Raises NamesSomebody. Asked again for each print: somebody may have been recorded after the
    plan was written."""
    typed = typed_in(paper)
    named = naming_somebody(case, [text for _, text in typed], version.body.somebody_else)
    if named:
        raise NamesSomebody(tuple(dict.fromkeys(typed[place][0] for place in sorted(named))))


def take_out(case: Case, version: PlanVersion, by: Actor | None, copy: PaperCopy) -> None:
    """Note that the version leaves as a PDF. Raises CopyNotSafe where the reason is missing.

    Called once the PDF is made and before anybody gets it: what was never made did not leave.
    `by` is None for the command line, which whoever holds the home's key runs.
    """
    if not may_leave(copy):
        raise CopyNotSafe
    note_act(
        Kind.PLAN_PRINTED,
        case,
        by,
        Permission.PRINT_PLAN,
        subject_id=version.plan_id,
        detail={
            "version": version.number,
            "format": copy.form,
            "language": copy.language,
            "locked": int(copy.is_locked),
            **({} if copy.is_safe else {"copy_reason": copy.reason}),
            **({"pack": copy.pack} if copy.pack else {}),
        },
    )
