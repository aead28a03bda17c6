"""Cases of the rows: all of a row or nothing, never twice, and the faulty ones back with reasons.

`ROWS_TO_IMPORT=5000` makes the large import as large as a borough's.
"""

import csv
import gc
import io
import os
import tracemalloc
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from caseapp.audit.verification import verify
from caseapp.cases.models import Case
from caseapp.contacts.models import Note
from caseapp.database import db, read_snapshot, transaction
from caseapp.imports import bringing, jobs
from caseapp.imports import taking as taking_rows
from caseapp.imports.columns import guess
from caseapp.imports.kept_rows import faults_path, read_faults
from caseapp.imports.models import CaseImport, ImportBody, ImportProgress
from caseapp.imports.taking import Tally
from caseapp.people.models import Person
from tests.cast import Cast
from tests.unit.imports.caseloads import caseload

ROWS = int(os.environ.get("ROWS_TO_IMPORT", "150"))
FAULTY = ROWS // 25
LONG_NOTE = "She came with her aunt. " * 400
PLACE = tuple[Flask, Cast]


@pytest.fixture
def home(each_engine: PLACE) -> Iterator[PLACE]:
    with each_engine[0].app_context():
        yield each_engine


def bring(cast: Cast, content: bytes) -> UUID:
    """The file is in, with its columns as they were guessed, and nothing is taken yet."""
    import_id = uuid4()
    head = bringing.keep_file("Anna Quill's list.csv", io.BytesIO(content))
    with transaction():
        imported = bringing.bring_in(import_id, head, cast.manager)
        imported.body = ImportBody(meanings=tuple(guess(head.columns)))
        jobs.begin(imported, db.session.get_one(ImportProgress, import_id), cast.manager)
    db.session.expunge_all()
    return import_id


def take(cast: Cast, content: bytes) -> tuple[UUID, Tally]:
    import_id = bring(cast, content)
    return import_id, jobs.run(import_id, cast.manager)


def cases() -> int:
    return db.session.scalar(select(func.count()).select_from(Case)) or 0


def faults(import_id: UUID) -> list[list[str]]:
    head = db.session.get_one(CaseImport, import_id).head
    text = b"".join(read_faults(faults_path(import_id), head)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_good_rows_are_in_and_the_faulty_ones_come_back_with_their_reasons(
    home: PLACE,
) -> None:
    app, cast = home
    before = cases()
    import_id, tally = take(cast, caseload(ROWS, faulty=FAULTY))
    assert (tally.brought, tally.faulty, tally.known) == (ROWS - FAULTY, FAULTY, 0)
    assert cases() == before + ROWS - FAULTY
    names, *rows = faults(import_id)
    assert names[-1] == "What is wrong"
    assert len(rows) == FAULTY
    assert all(row[-1] for row in rows)
    with read_snapshot() as session:
        found = verify(session, app.extensions["vault"], app.extensions["audit_heads"])
    assert not found.faults
    assert [path.suffix for path in faults_path(import_id).parent.iterdir()] == [".faults"]


def test_a_case_holds_what_its_row_told(home: PLACE) -> None:
    _, cast = home
    take(cast, caseload(1))
    person = next(p for p in db.session.scalars(select(Person)) if p.head.given_name == "Zoë0")
    case = db.session.scalars(select(Case).where(Case.person_id == person.id)).one()
    (note,) = db.session.scalars(select(Note).where(Note.case_id == case.id))
    assert (person.head.family_name, person.head.ward) == ("O'Quill, =1+1", "E05009392")
    assert str(person.head.date_of_birth) == "2009-03-27"
    assert (case.risk_level, case.team_id) == ("high", cast.manager.team_id)
    assert case.advocate_id is None
    assert note.body.fact == "Came with her aunt, 0."
    assert case.head.first_contact_on is None
    assert case.body.outside_reference == "YV-00000"


def test_the_same_file_twice_and_a_mended_one_make_no_case_twice(home: PLACE) -> None:
    _, cast = home
    import_id, _ = take(cast, caseload(20, faulty=2))
    _, again = take(cast, caseload(20, faulty=2))
    assert (again.brought, again.known, again.faulty) == (0, 18, 2)
    names, *rows = faults(import_id)
    mended = io.StringIO()
    fixed = {"DOB": "27/3/2009", "Risk": "high", "First name": "Zed", "Opened": "1/10/2026"}
    writer = csv.writer(mended)
    writer.writerow(names)
    for row in rows:
        told = dict(zip(names, row, strict=True)) | fixed | {"Ward": "Colville"}
        writer.writerow(told.values())
    _, last = take(cast, mended.getvalue().encode())
    assert (last.brought, last.known, last.faulty) == (2, 0, 0)


def test_a_row_that_stands_twice_in_one_file_is_named(home: PLACE) -> None:
    _, cast = home
    lines = caseload(3).splitlines(keepends=True)
    import_id, tally = take(cast, b"".join([*lines, lines[2]]))
    assert (tally.brought, tally.faulty) == (3, 1)
    assert "The same case stands in row 3" in faults(import_id)[1][-1]


def test_a_row_that_fails_in_the_middle_leaves_nothing_of_itself(
    home: PLACE, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, cast = home
    people = db.session.scalar(select(func.count()).select_from(Person))
    import_id = bring(cast, caseload(3))
    real: Callable[..., object] = vars(taking_rows)["add_note"]

    def fail(*values: object) -> object:
        raise RuntimeError("the disk went away")

    monkeypatch.setattr(taking_rows, "add_note", fail)
    with pytest.raises(RuntimeError):
        jobs.run(import_id, cast.manager)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Person)) == people
    monkeypatch.setattr(taking_rows, "add_note", real)
    assert jobs.run(import_id, cast.manager).brought == 3


def test_an_import_that_was_cut_off_goes_on_where_it_stopped(
    home: PLACE, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, cast = home
    import_id = bring(cast, caseload(10))

    class Killed(BaseException):
        """As if the process had gone."""

    def die(_signs: object, tally: Tally) -> None:
        if tally.done == 4:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(jobs._Signs, "show", die)
        with pytest.raises(Killed):
            jobs.run(import_id, cast.manager)
    db.session.rollback()
    assert not faults_path(import_id).exists()
    tally = jobs.run(import_id, cast.manager)
    assert (tally.brought, tally.known) == (6, 4)


def test_no_row_is_held_in_memory_once_it_is_in(app: Flask, cast: Cast) -> None:
    with app.app_context():
        take(cast, caseload(10))  # what is made once
        few, many = (memory_to_take(cast, rows) for rows in (ROWS // 5, ROWS))
    assert (many - few) / (ROWS - ROWS // 5) < len(LONG_NOTE) / 2


def memory_to_take(cast: Cast, rows: int) -> int:
    """Bytes at the peak, beyond what was held before the work began."""
    import_id = bring(cast, caseload(rows, notes=LONG_NOTE))
    gc.collect()
    tracemalloc.start()
    tally = jobs.run(import_id, cast.manager)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert tally.done == rows
    return peak
