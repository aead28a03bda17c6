"""Taking a version of a plan out, with its audit entry."""

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.plans.models import PlanVersion
from caseapp.prints.rules import may_be_printed


class CopyNotSafe(Exception):
    """It is not safe for the person to keep a copy, and no reason was given to print one."""


def take_out(case: Case, version: PlanVersion, by: Actor | None, *, copy_reason: str = "") -> None:
    """Note that the version leaves as a PDF. Raises CopyNotSafe where the reason is missing.

    `by` is None for the command line, which whoever holds the home's key runs.
    """
    if not may_be_printed(version.head.copy_is_safe, copy_reason):
        raise CopyNotSafe
    reason = {} if version.head.copy_is_safe else {"copy_reason": copy_reason}
    note_act(
        Kind.PLAN_PRINTED,
        case,
        by,
        Permission.PRINT_PLAN,
        subject_id=version.plan_id,
        detail={"version": version.number, **reason},
    )
