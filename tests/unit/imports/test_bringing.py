"""What is kept of a spreadsheet goes with it, also where a process was killed in between."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import text

from caseapp.app import make_ready
from caseapp.background import DONE
from caseapp.database import db, transaction
from caseapp.imports import bringing
from caseapp.imports.kept_rows import faults_path, rows_path
from caseapp.imports.models import REMOVED, CaseImport, ImportProgress
from tests.cast import Cast
from tests.unit.imports.caseloads import caseload


@pytest.fixture
def home(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app


def bring(cast: Cast, state: str = "mapping") -> CaseImport:
    head = bringing.keep_file("one.csv", io.BytesIO(caseload(2)))
    with transaction():
        imported = bringing.bring_in(uuid4(), head, cast.manager)
        db.session.get_one(ImportProgress, imported.id).state = state
    return imported


def left_over(import_id: UUID) -> Path:
    path = faults_path(import_id)
    path.write_bytes(b"sealed")
    return path


def grow_old(folder: Path) -> None:
    for path in folder.iterdir():
        os.utime(path, (0, 0))


def test_a_start_sweeps_what_no_import_needs_and_nothing_else(home: Flask, cast: Cast) -> None:
    waits, done, gone = (bring(cast, state) for state in ("mapping", DONE, REMOVED))
    faults = left_over(done.id)
    left_over(gone.id)
    bringing.keep_file("killed.csv", io.BytesIO(caseload(2)))  # and no row came
    left_over(uuid4()).with_name(".on-its-way.rows.00").write_bytes(b"half")
    grow_old(faults.parent)
    make_ready(home)
    assert set(faults.parent.iterdir()) == {rows_path(waits.head.file_id), faults}


def test_a_start_leaves_a_file_whose_row_may_be_on_its_way(home: Flask, cast: Cast) -> None:
    head = bringing.keep_file("now.csv", io.BytesIO(caseload(2)))
    make_ready(home)
    assert rows_path(head.file_id).exists()


def test_a_start_with_a_damaged_import_sweeps_nothing_and_goes_on(home: Flask, cast: Cast) -> None:
    imported = bring(cast)
    with transaction():
        db.session.execute(text("UPDATE case_imports SET revision = 7"))
    db.session.expunge_all()
    grow_old(rows_path(imported.head.file_id).parent)
    make_ready(home)
    assert rows_path(imported.head.file_id).exists()
