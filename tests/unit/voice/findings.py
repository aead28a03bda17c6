"""A finding as the form asks for it, and what is stored."""

from datetime import date
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.database import read_snapshot
from caseapp.voice.models import Finding, FindingHead
from tests.visits import send

NEW = "/voice/findings/new"
SAID, DONE = "We wait too long for somebody to ring us.", "There are two more workers."
TYPED = {
    "said": SAID, "stage": "exit", "since": "2026-04", "until": "2026-05", "state": "done",
    "done": DONE, "on-day": "1", "on-month": "6", "on-year": "2026",
}  # fmt: skip
HEAD = FindingHead(
    said=SAID, stage="exit", since="2026-04", until="2026-05", state="done", done=DONE,
    on=date(2026, 6, 1),
)  # fmt: skip


def add(client: FlaskClient, **typed: str) -> str:
    """The address of a new finding."""
    answer = send(client, NEW, **{**TYPED, **typed})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def stored(app: Flask) -> list[tuple[UUID | None, FindingHead]]:
    """(action, what is written), as the database has it."""
    with app.app_context(), read_snapshot() as session:
        return [(each.action_id, each.head) for each in session.scalars(select(Finding))]
