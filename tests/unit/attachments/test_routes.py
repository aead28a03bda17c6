"""Files of a case: in, out, and away; and what is left where something goes wrong."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.attachments import actions, files
from caseapp.attachments.checking import damaged_files
from caseapp.attachments.files import OLD, folder, path_of, sweep_files
from caseapp.attachments.models import REMOVED, Attachment, AttachmentHead
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, read_snapshot, transaction
from caseapp.oversight.record_check import check_records
from caseapp.vault.streams import SealingWriter
from tests import files_to_send as made
from tests.cast import Cast
from tests.files_to_send import ANSWERS, CONTENT_TYPE, multipart, send_file
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]

TAKEN = {
    "letter.pdf": made.pdf(),
    "letter.docx": made.docx(),
    "table.xlsx": made.xlsx(),
    "letter.odt": made.odt(),
    "notes.txt": "She said: “never again”. فاطمة\n".encode(),
    "photo.png": made.png(),
    "photo.JPG": made.jpeg(),
    "photo.heic": made.heic(),
    "message.mp3": made.mp3(),
    "message.m4a": made.mp4(b"M4A "),
    "clip.mp4": made.mp4(),
}


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


def head_of(app: Flask) -> tuple[Attachment, AttachmentHead]:
    with app.app_context():
        row = db.session.query(Attachment).one()
        return row, row.head


def kinds(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)))


@pytest.mark.parametrize("name", TAKEN)
def test_what_goes_in_comes_out_again(
    app: Flask, advocate: FlaskClient, cast: Cast, name: str
) -> None:
    assert send_file(advocate, cast, name, TAKEN[name]).status_code == 303
    row, head = head_of(app)
    answer = advocate.get(f"/cases/{cast.case_id}/files/{row.id}")
    assert answer.data == TAKEN[name]
    assert head.name.casefold() == name.casefold()
    page = advocate.get(f"/cases/{cast.case_id}/files").text
    assert "Letter from the housing office" in page
    assert kinds(app).count(Kind.ATTACHMENT_ADDED) == 1
    assert kinds(app).count(Kind.ATTACHMENT_OPENED) == 1


def test_a_file_without_an_ending_is_given_one(
    app: Flask, advocate: FlaskClient, cast: Cast
) -> None:
    send_file(advocate, cast, "scan", made.pdf())
    assert head_of(app)[1].name == "scan.pdf"


def test_on_the_disk_there_is_neither_name_nor_text(
    app: Flask, advocate: FlaskClient, cast: Cast
) -> None:
    send_file(advocate, cast, "housing.txt", b"canary-in-a-letter\n" * 10)
    with app.app_context():
        (file,) = folder().iterdir()
    assert b"canary" not in file.read_bytes()
    assert "housing" not in file.name
    assert file.stat().st_mode & 0o077 == 0


def test_a_form_that_is_sent_twice_makes_one_file(
    app: Flask, advocate: FlaskClient, cast: Cast
) -> None:
    path = f"/cases/{cast.case_id}/files/new"
    fields = {**hidden_fields(advocate.get(path)), **ANSWERS}
    body = multipart(fields, "a.pdf", made.pdf())
    for _ in range(2):
        answer = advocate.post(path, data=body, content_type=CONTENT_TYPE)
        assert answer.status_code == 303
    head_of(app)
    with app.app_context():
        assert len(list(folder().iterdir())) == 1


def test_the_same_file_again_is_refused_by_the_name_it_has(
    app: Flask, advocate: FlaskClient, cast: Cast
) -> None:
    send_file(advocate, cast, "letter.pdf", made.pdf())
    again = send_file(advocate, cast, "copy.pdf", made.pdf())
    assert again.status_code == 422
    assert "in the case already, as “letter.pdf”" in again.text
    with app.app_context():
        assert len(list(folder().iterdir())) == 1


def test_removing_destroys_the_file_and_keeps_who_and_why(
    app: Flask, advocate: FlaskClient, cast: Cast
) -> None:
    send_file(advocate, cast, "letter.pdf", made.pdf())
    row, _ = head_of(app)
    path = f"/cases/{cast.case_id}/files/{row.id}/remove"
    assert send(advocate, path, why="").status_code == 422
    assert send(advocate, path, why="It belongs to another case.").status_code == 303
    row, head = head_of(app)
    assert (row.state, head.key, head.digest) == (REMOVED, b"", b"")
    assert head.removed_by == cast.assigned_advocate.user_id
    with app.app_context():
        assert list(folder().iterdir()) == []
    assert advocate.get(f"/cases/{cast.case_id}/files/{row.id}").status_code == 404
    assert "It belongs to another case." in advocate.get(f"/cases/{cast.case_id}/files").text
    assert Kind.ATTACHMENT_REMOVED in kinds(app)


@pytest.mark.parametrize(
    ("who", "status"),
    [("colleague", 303), ("manager", 303), ("other_team", 404), ("other_manager", 404)],
)
def test_the_whole_team_may_add_and_nobody_else(
    app: Flask, client_of: ClientOf, cast: Cast, who: str, status: int
) -> None:
    client = client_of(who)
    fields = {**hidden_fields(client.get("/account")), **ANSWERS}
    body = multipart(fields, "a.pdf", made.pdf())
    path = f"/cases/{cast.case_id}/files/new"
    assert client.post(path, data=body, content_type=CONTENT_TYPE).status_code == status
    with app.app_context():
        assert len(list(folder().glob("*"))) == (status == 303)


def test_a_file_of_another_case_is_not_found(
    app: Flask, client_of: ClientOf, advocate: FlaskClient, cast: Cast
) -> None:
    send_file(advocate, cast, "letter.pdf", made.pdf())
    row, _ = head_of(app)
    assert client_of("other_team").get(f"/cases/{cast.case_id}/files/{row.id}").status_code == 404


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "longer"])
def test_a_damaged_file_is_told_before_any_of_it_is_sent_and_found_by_the_check(
    app: Flask, advocate: FlaskClient, cast: Cast, damage: str
) -> None:
    send_file(advocate, cast, "long.txt", b"a line of a long letter\n" * 10_000)
    row, _ = head_of(app)
    with app.app_context():
        hurt(path_of(row.file_id), damage)
    answer = advocate.get(f"/cases/{cast.case_id}/files/{row.id}")
    assert answer.status_code == 503
    assert "cannot be opened" in answer.text
    assert b"a line of" not in answer.data
    with app.app_context(), read_snapshot() as session:
        heads = app.extensions["audit_heads"]
        report = check_records(session, app.extensions["vault"], heads)
    assert [fault.in_words for fault in report.faults] == [
        f"file {row.id}: it cannot be opened: it was changed, damaged or is gone"
    ]


def hurt(path: Path, damage: str) -> None:
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(content[: 65_552 * 2 + 38])
    elif damage == "longer":
        path.write_bytes(content + b"x")
    else:
        path.write_bytes(content[:-70] + b"?" + content[-69:])


def test_a_whole_file_passes_the_check(app: Flask, advocate: FlaskClient, cast: Cast) -> None:
    send_file(advocate, cast, "letter.pdf", made.pdf())
    with app.app_context(), read_snapshot() as session:
        assert list(damaged_files(session, app.extensions["vault"])) == []


def test_a_full_disk_leaves_nothing_and_keeps_what_was_typed(
    app: Flask, advocate: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FullDisk(SealingWriter):
        def finish(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "SealingWriter", FullDisk)
    answer = send_file(advocate, cast, "letter.pdf", made.pdf())
    assert answer.status_code == 503
    assert "The file was not saved: the disk of the server is full" in answer.text
    assert 'value="Letter from the housing office"' in answer.text
    with app.app_context():
        assert list(folder().glob("*")) == []
        assert db.session.query(Attachment).count() == 0


def test_a_file_whose_row_cannot_be_saved_is_destroyed(
    app: Flask, advocate: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(actions, "add_attachment", fail)
    with pytest.raises(RuntimeError):
        send_file(advocate, cast, "letter.pdf", made.pdf())
    with app.app_context():
        assert list(folder().iterdir()) == []


def test_a_file_that_no_row_keeps_is_swept_once_it_is_old(
    app: Flask, advocate: FlaskClient, cast: Cast
) -> None:
    send_file(advocate, cast, "letter.pdf", made.pdf())
    with app.app_context():
        (kept,) = folder().iterdir()
        orphan, young = (folder() / f"{name}.sealed" for name in ("orphan", "young"))
        half = folder() / ".half.sealed.ab12"
        for path in (orphan, young, half):
            path.write_bytes(b"x")
        for path in (kept, orphan, half):
            os.utime(path, (path.stat().st_mtime - OLD - 60,) * 2)
        assert sweep_files() == 2
        assert set(folder().iterdir()) == {kept, young}


def test_nothing_is_added_to_a_closed_case(app: Flask, advocate: FlaskClient, cast: Cast) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Case, cast.case_id).status = "closed"
        record(Kind.CASE_CLOSED, actor=None, case_id=cast.case_id)
    answer = send_file(advocate, cast, "letter.pdf", made.pdf())
    assert answer.status_code == 422
    assert "This case is closed" in answer.text
    with app.app_context():
        assert list(folder().iterdir()) == []
