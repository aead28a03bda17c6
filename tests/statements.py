"""Counting what reaches the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Engine, event

from caseapp.database import db


@contextmanager
def counted_statements(app: Flask | None = None) -> Iterator[list[str]]:
    """Every statement that reaches the database meanwhile; in an app context, or of this app."""
    seen: list[str] = []
    engine = _engine_of(app) if app else db.engine

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _engine_of(app: Flask) -> Engine:
    with app.app_context():
        return db.engine
