"""What each person meets at each door of the house, asked of the real app with real records.

`python -m tests.architecture.permission_matrix --write` renews the file of expected results; read
the difference before it is committed, because each line of it is a promise.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from caseapp.access.actors import Actor, Role
from caseapp.accounts.actions import create_user
from caseapp.accounts.models import User
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import db, transaction
from tests.cast import Cast
from tests.filled_case import fill_case, keep_a_release
from tests.filled_catalogue import keep_a_catalogue
from tests.filled_voice import keep_voice
from tests.homes import make_peopled_home, new_settings, open_app, running_app, signed_in_client
from tests.visits import hidden_fields

EXPECTED = Path(__file__).with_name("permission_matrix.txt")
ANONYMOUS, DISABLED = "anonymous", "nobody"
PEOPLE = {
    ANONYMOUS: "anonymous",
    "assigned_advocate": "assigned",
    "colleague": "colleague",
    "manager": "manager",
    "other_team": "other team",
    "other_manager": "its manager",
    "analyst": "analyst",
    "administrator": "admin",
    DISABLED: "disabled",
}
QUIET = {"HEAD", "OPTIONS"}
LEADS_TO_SIGN_IN = "sign-in"


@dataclass(frozen=True)
class Door:
    """A rule of the URL map with one method, and an address that it answers."""

    rule: str
    method: str
    path: str
    endpoint: str


class Visitors:
    """A client for each person; a new one whenever the last may have been signed out."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast
        self.clients: dict[str, tuple[FlaskClient, str]] = {}

    def visit(self, person: str, method: str, path: str) -> TestResponse:
        client, token = self.clients.get(person) or self.arrive(person)
        self.clients[person] = client, token
        # an address of their own: nobody is slowed down by what others did
        at = {"REMOTE_ADDR": f"198.51.100.{list(PEOPLE).index(person) + 1}"}
        if method == "GET":
            return client.get(path, buffered=True, environ_base=at)
        del self.clients[person]
        data = {"csrf_token": token}
        return client.open(path, method=method, data=data, buffered=True, environ_base=at)

    def arrive(self, person: str) -> tuple[FlaskClient, str]:
        client = self.client(person)
        shown_at = "/sign-in" if person in {ANONYMOUS, DISABLED} else "/account"
        return client, hidden_fields(client.get(shown_at))["csrf_token"]

    def client(self, person: str) -> FlaskClient:
        if person == ANONYMOUS:
            return self.app.test_client()
        actor = self.cast.actors[person]
        if person != DISABLED:
            return signed_in_client(self.app, actor)
        self._set_active(actor, is_active=True)
        client = signed_in_client(self.app, actor)
        self._set_active(actor, is_active=False)  # with a session that was good a moment ago
        return client

    def _set_active(self, actor: Actor, *, is_active: bool) -> None:
        with self.app.app_context(), transaction():
            db.session.get_one(User, actor.user_id).is_active = is_active
            record(Kind.ACCOUNT_CHANGED, actor=None, subject_id=actor.user_id)


def fill_in(app: Flask, cast: Cast) -> dict[str, Any]:
    """Something real for each argument of an address. Accounts: one that nobody of the cast is,
    so that what is done to it changes nothing for the others."""
    with app.app_context():
        ids = {
            **fill_case(cast),
            **keep_a_release(cast),
            **keep_a_catalogue(cast),
            **keep_voice(cast),
        }
        with transaction():
            spare = create_user("Spare", "spare@cast.example", Role.ANALYST, None, "no password")
    return {
        **ids,
        "case_id": cast.case_id,
        "user_id": spare.id,
        "list_name": "slcn",
        "when": "overdue",
        "kind": "domestic_abuse",  # the other one is written already
        "number": 1,
        "voice.number": 0,
        "filename": "caseapp.css",
        "outcome": "victims-supported",
    }


def doors(app: Flask, values: dict[str, Any]) -> list[Door]:
    """Every rule with every method that it takes, in the order of the file."""
    found = [
        Door(rule.rule, method, _address(app, rule, values), rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - QUIET
    ]
    return sorted(found, key=lambda door: (door.rule, door.method))


def measure(app: Flask, cast: Cast) -> Iterator[str]:
    """The lines of the matrix: who would come through, by rule and method."""
    visitors = Visitors(app, cast)
    found = doors(app, fill_in(app, cast))
    yield _line("rule", "method", list(PEOPLE.values()))
    for door in found:
        met = [result_of(visitors.visit(who, door.method, door.path)) for who in PEOPLE]
        yield _line(door.rule, door.method, met)


def result_of(response: TestResponse) -> str:
    """The status, or that it leads to the sign-in page."""
    if response.status_code in {302, 303} and (response.location or "").startswith("/sign-in"):
        return LEADS_TO_SIGN_IN
    return str(response.status_code)


def _address(app: Flask, rule: Rule, values: dict[str, Any]) -> str:
    """Where two rooms call different things by one name, "room.name" stands before "name"."""
    room = rule.endpoint.split(".")[0]
    own = {name: values.get(f"{room}.{name}", values.get(name)) for name in rule.arguments}
    missing = [name for name, value in own.items() if value is None]
    assert not missing, f"say in fill_in() what stands for {missing} in {rule.rule}"
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, own)


def _line(rule: str, method: str, results: list[str]) -> str:
    cells = [cell.ljust(12) for cell in results]
    return f"{rule:68}{method:7}{''.join(cells)}".rstrip()


def main() -> None:
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.architecture.permission_matrix --write")
    with tempfile.TemporaryDirectory() as folder:
        settings = new_settings(Path(folder))
        cast = make_peopled_home(settings)
        with running_app(open_app(settings)) as app:
            EXPECTED.write_text("".join(f"{line}\n" for line in measure(app, cast)))


if __name__ == "__main__":
    main()
