"""The attacker is a member of staff who would rather not be seen: opens pages, sends forms, and
hopes that some door notes nothing; or breaks the audit and goes on working."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from caseapp.audit import chain
from caseapp.audit.models import AuditEntry
from caseapp.database import db
from tests.architecture.permission_matrix import Door, Visitors, doors, fill_in
from tests.attacks.typist import Typist
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app, signed_in_client

House = tuple[Flask, Cast, list[Door]]
WORKERS = ("assigned_advocate", "manager", "other_manager")
# Pages that show nobody: their own settings, services, an empty form, a list of filters by name.
SHOW_NOBODY = {
    "accounts.show_account", "accounts.show_home", "accounts.change_password",
    "accounts.change_second_factor", "accounts.make_recovery_codes", "accounts.show_kept_form",
    "accounts.show_recovery_codes", "accounts.sign_in", "accounts.enter_code",
    "accounts.choose_password", "accounts.set_up_second_factor", "break_glass.break_glass",
    "board.show_board", "board.show_outcome", "exports.list_releases", "exports.show_changes",
    "exports.show_release", "strategy.download_plan", "strategy.list_actions",
    "strategy.show_action",
    "caseloads.list_filters", "caseloads.rename_filter", "caseloads.search_cases",
    "contacts.find_case", "directory.add_service", "directory.edit_service",
    "directory.export_services", "directory.import_services", "directory.list_services",
    "directory.show_import", "directory.show_service", "drafts.list_drafts",
    "imports.list_imports", "intake.new_case", "packs.list_packs", "referrals.record_referral_in",
    "static", "web.show_accessibility", "web.show_privacy",
    # Whoever answers a survey is known to nobody; what is read is of everybody together.
    "giving.give", "giving.print_cards", "surveys.show_closed", "surveys.show_entry",
    "surveys.show_link", "surveys.show_missing", "surveys.show_thanks", "voice.download_results",
    "voice.list_findings", "voice.print_poster", "voice.show_finding", "voice.show_results",
}  # fmt: skip
# Nobody of the other team was entered twice, so that there is nobody on its page.
EMPTY = {("other_manager", "duplicates.list_duplicates")}


class AuditIsBroken(Exception):
    """What the planted fault raises."""


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    settings = copy_home(peopled_home[0], tmp_path_factory.mktemp("house") / "home")
    with running_app(open_app(settings)) as app:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        yield app, peopled_home[1], doors(app, fill_in(app, peopled_home[1]))


def entries(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def stored(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Every row but the sessions, which say when they were used."""
    with app.app_context():
        return {
            table.name: [tuple(row) for row in db.session.execute(select(table))]
            for table in db.metadata.sorted_tables
            if table.name != "browser_sessions"
        }


def of_cases(found: list[Door], method: str) -> list[Door]:
    return [d for d in found if d.method == method and "<uuid:case_id>" in d.rule]


@pytest.mark.parametrize("person", WORKERS)
def test_no_page_that_shows_somebody_is_shown_without_an_entry(house: House, person: str) -> None:
    app, cast, found = house
    visitors, silent, seen = Visitors(app, cast), set(), 0
    visitors.visit(person, "GET", "/account")
    for door in (door for door in found if door.method == "GET"):
        before = entries(app)
        answer = visitors.visit(person, "GET", door.path)
        seen += answer.status_code == 200
        is_empty = (person, door.endpoint) in EMPTY
        if answer.status_code == 200 and entries(app) == before and not is_empty:
            silent.add(door.endpoint)
    assert silent - SHOW_NOBODY == set()
    assert seen > 20


def test_each_page_of_a_case_is_noted_with_the_case_the_actor_and_the_reason(house: House) -> None:
    app, cast, found = house
    client, by = signed_in_client(app, cast.assigned_advocate), cast.assigned_advocate.user_id
    noted = select(func.count()).where(
        AuditEntry.case_id == cast.case_id,
        AuditEntry.actor_id == by,
        AuditEntry.reason == "assigned",
    )
    missed = []
    for door in of_cases(found, "GET"):
        with app.app_context():
            before = db.session.scalar(noted)
        is_shown = client.get(door.path, buffered=True).status_code == 200
        with app.app_context():
            if is_shown and db.session.scalar(noted) == before:
                missed.append(door.rule)
    assert missed == []


def break_the_audit(patch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise AuditIsBroken

    patch.setattr(chain, "_append", fail)


def test_where_the_audit_fails_no_page_of_a_case_is_shown(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, cast, found = house
    client = signed_in_client(app, cast.manager)
    shown = [
        d for d in of_cases(found, "GET") if client.get(d.path, buffered=True).status_code == 200
    ]
    break_the_audit(monkeypatch)
    answers = {door.rule: client.get(door.path, buffered=True) for door in shown}
    assert {rule: a.status_code for rule, a in answers.items() if a.status_code != 500} == {}
    assert [rule for rule, a in answers.items() if "Quillfeather" in a.text] == []
    assert len(answers) > 40


def test_where_the_audit_fails_nothing_is_stored(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every form of a case is filled in rightly; its page was shown before the audit broke."""
    app, cast, found = house
    client = signed_in_client(app, cast.manager)
    files = {"attachments.add_attachment": lambda word: ("a.txt", word.encode())}
    pages = {d.path for d in of_cases(found, "GET")}
    before, stored_anyway, sent = stored(app), {}, 0
    for door in of_cases(found, "POST"):
        typist = Typist(app, files, before_sending=lambda: break_the_audit(monkeypatch))
        shown_at = door.path if door.path in pages else f"/cases/{cast.case_id}"
        answer = typist.fill_in(client, shown_at, door.endpoint, to=door.path)
        monkeypatch.undo()
        sent += answer.status_code >= 500
        after = stored(app)
        changed = [n for n in before if before[n] != after[n] and n != "audit_entries"]
        if changed or answer.status_code < 400:
            stored_anyway[door.rule] = (answer.status_code, changed)
        before = after
    assert stored_anyway == {}
    assert sent > 40
