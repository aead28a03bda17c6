"""Counting what reaches the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from caseapp.database import db


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Every statement that reaches the database meanwhile; in an app context."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
