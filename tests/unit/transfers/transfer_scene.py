"""Two teams, a case between them, and what is done with it."""

from datetime import date
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.caseloads.queries import search_cases
from caseapp.cases.models import Case
from caseapp.contacts.models import TaskHead
from caseapp.contacts.task_actions import add_task
from caseapp.database import db, transaction
from caseapp.transfers.models import Transfer
from tests.cast import Cast
from tests.filled_marac import fill_marac
from tests.homes import signed_in_client
from tests.visits import hidden_fields, send

NOTE = "Threats continue on the way home. She was promised a call on Friday."
YES = {"answer": "accepted"}
NO = {"answer": "declined", "words": "We have no place until June"}


class Scene:
    """The app, who is who, and what they do."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast
        self.place = f"/cases/{cast.case_id}"

    def client(self, name: str) -> FlaskClient:
        return signed_in_client(self.app, self.cast.actors[name])

    def asked(self, **answers: str) -> dict[str, str]:
        asked = {
            "to_team": str(self.cast.other_team.team_id),
            "why": "She lives with him now",
            "note": NOTE,
            "consent": "given",
            "person_told": "yes",
        }
        return asked | answers

    def ask(self, **answers: str) -> TestResponse:
        client = self.client("assigned_advocate")
        return send(client, f"{self.place}/transfer", **self.asked(**answers))

    @property
    def path(self) -> str:
        return f"/transfers/{self.transfer().id}"

    def answer(self, **answers: str) -> TestResponse:
        return send(self.client("other_manager"), self.path, **answers)

    def withdraw(self) -> TestResponse:
        client = self.client("assigned_advocate")
        token = hidden_fields(client.get(f"{self.place}/transfer"))["csrf_token"]
        path = f"{self.place}/transfer/{self.transfer().id}/withdraw"
        return client.post(path, data={"csrf_token": token})

    def leave_work(self, what: str) -> None:
        """A task and an action of the MARAC, both given to the advocate by name."""
        with self.app.app_context(), transaction():
            case = db.session.get_one(Case, self.cast.case_id)
            head = TaskHead(what=what, due_on=date(2026, 5, 11))
            add_task(uuid4(), case, head, self.cast.assigned_advocate)
            fill_marac(case, self.cast)

    def transfer(self) -> Transfer:
        with self.app.app_context():
            transfer = db.session.scalars(select(Transfer)).one()
            _ = transfer.head, transfer.body
            return transfer

    def case(self) -> Case:
        with self.app.app_context():
            return db.session.get_one(Case, self.cast.case_id)

    def themes(self) -> tuple[str, ...]:
        with self.app.app_context():
            return db.session.get_one(Case, self.cast.case_id).head.themes

    def found_by(self, name: str, text: str = "quill") -> int:
        with self.app.app_context():
            return len(search_cases(self.cast.actors[name], text))

    def teams(self) -> tuple[UUID | None, UUID | None]:
        return self.cast.manager.team_id, self.cast.other_manager.team_id
