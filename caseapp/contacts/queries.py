"""Reading tasks, and finding the case that a quick note is about."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from caseapp.access.actors import Actor, CaseFacts
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.caseloads.case_rows import CaseRow
from caseapp.caseloads.open_cases import OpenCase
from caseapp.caseloads.queries import is_reference, open_cases_named, rows_of, search_cases
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.contacts.models import Task
from caseapp.vault.folding import fold_name

MOST_FOUND = 8  # a list that is read at a glance, and chosen from by its first lines


def tasks_of(case: Case) -> tuple[Sequence[Task], Sequence[Task]]:
    """(open, done): what is due first comes first, what was done last comes first."""
    tasks = sorted(rows_in(case, Task), key=lambda task: task.head.due_on)
    done = [task for task in tasks if not task.is_open]
    done.sort(key=lambda task: task.body.steps[-1].on, reverse=True)
    return [task for task in tasks if task.is_open], done


def cases_to_note_on(actor: Actor, text: str) -> tuple[CaseRow, ...]:
    """Open cases that the actor may add a note to, by a few letters of a name or the reference:
    the actor's own first, then those whose name begins with the letters. Of a name that many have
    all are put in order before any is left out."""
    rows = search_cases(actor, text) if is_reference(text) else _first_named(actor, text)
    return tuple(row for row in rows if _may_note_on(actor, row))


def _first_named(actor: Actor, text: str) -> Iterator[CaseRow]:
    found, letters = open_cases_named(actor, text), fold_name(text)
    found.sort(key=lambda case: (case.advocate_id != actor.user_id, not _begins(case, letters)))
    first = [case.id for case in found[:MOST_FOUND]]
    rows = rows_of(actor, first)
    return (rows[case_id] for case_id in first if case_id in rows)


def _may_note_on(actor: Actor, row: CaseRow) -> bool:
    """Found cases are of the actor's own team."""
    team_id: UUID | None = actor.team_id
    if row.status != "open" or team_id is None:
        return False
    facts = CaseFacts(team_id, row.advocate_id)
    return decide(actor, Permission.ADD_NOTE, facts) is not None


def _begins(case: OpenCase, letters: str) -> bool:
    return any(part.startswith(letters) for part in case.name.split())
