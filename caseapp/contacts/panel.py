"""What contacts adds to the top of the case page: what is to be done next."""

from typing import Any

from caseapp.cases.models import Case
from caseapp.contacts.queries import tasks_of

FIRST_FEW = 3


def next_tasks(case: Case) -> dict[str, Any] | None:
    """The tasks that are due first; None where nothing is open."""
    open_tasks, _ = tasks_of(case)
    if not case.is_open or not open_tasks:
        return None
    return {"tasks": open_tasks[:FIRST_FEW], "more": max(0, len(open_tasks) - FIRST_FEW)}
