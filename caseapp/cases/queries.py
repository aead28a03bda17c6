"""Finding a case, and the rows that hang on one."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from caseapp.cases.actions import reference_token
from caseapp.cases.models import Case
from caseapp.database import PlainBase, db

Row = TypeVar("Row", bound=PlainBase)
Answer = TypeVar("Answer")


def find_case(reference: str) -> Case | None:
    """The case of a reference, unauthorised: for commands, which decide by themselves."""
    return db.session.scalar(select(Case).where(Case.reference_token == reference_token(reference)))


def find_in_case(case: Case, model: type[Row], row_id: UUID) -> Row | None:
    """The row, if it is of this case: an id from elsewhere finds nothing."""
    row = db.session.get(model, row_id)
    return row if row and getattr(row, "case_id", None) == case.id else None


def rows_in(case: Case, model: type[Row]) -> Sequence[Row]:
    """Every row of this kind that hangs on the case."""
    found = _of_case(model)
    return read_once(case, model, lambda: db.session.scalars(found, {"case_id": case.id}).all())


def remember_readings(case: Case, rows: Mapping[Hashable, object]) -> None:
    """These and what else is read, to the end of the request: timeline, panels and tabs come from
    many rooms and often want the same. Only for a page that writes nothing: what was read before
    a write would be out of date."""
    case.readings = dict(rows)


def read_once(case: Case, what: Hashable, read: Callable[[], Answer]) -> Answer:
    """What `read` gives; on a page that remembers, what it gave before. `what` names it."""
    if case.readings is None:
        return read()
    if what not in case.readings:
        case.readings[what] = read()
    return cast(Answer, case.readings[what])


@cache
def _of_case(model: type[Row]) -> Select[Any]:
    """Built once for each kind, since the case page asks for nearly all of them."""
    return select(model).where(cast(Any, model).case_id == bindparam("case_id"))
