"""Pure decisions about taking a plan out."""

from caseapp.reference import choices


def may_be_printed(copy_is_safe: bool, copy_reason: str) -> bool:
    """A copy that is not safe to keep leaves only for a reason from the list."""
    return copy_is_safe or copy_reason in dict(choices("plan_copy_reason"))
