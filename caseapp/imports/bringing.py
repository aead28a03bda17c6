"""A spreadsheet comes in, sealed before anything is written down, and goes again."""

from collections.abc import Iterator
from io import SEEK_END
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from uuid import UUID, uuid4

from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.audit.kinds import Kind
from caseapp.background import DONE
from caseapp.clock import now
from caseapp.database import db
from caseapp.imports.kept_rows import (
    faults_path,
    forget_faults,
    forget_rows,
    keep_rows,
    old_files,
    rows_path,
)
from caseapp.imports.models import REMOVED, CaseImport, ImportBody, ImportHead, ImportProgress
from caseapp.imports.rules import MOST_BYTES, SheetProblem
from caseapp.imports.sheets import open_sheet
from caseapp.imports.taking import note_import
from caseapp.vault.errors import CannotOpen
from caseapp.vault.spool import SealedSpool
from caseapp.vault.streams import new_stream_key

MOST_LETTERS = 120


def keep_file(name: str, file: BinaryIO | SealedSpool) -> ImportHead:
    """Read the file through, once and for all, and seal its rows onto the disk.

    Outside any transaction: it can take a while. Raises SheetProblem, and then nothing stays of it.
    """
    content = cast(BinaryIO, file)
    _insist_on_size(content)
    file_id = uuid4()
    with open_sheet(content) as (columns, rows):
        key, count = keep_rows(file_id, rows)
    return ImportHead(
        file_name=PurePosixPath(name.replace("\\", "/")).name[:MOST_LETTERS],
        brought_at=now(),
        columns=columns,
        rows=count,
        rows_key=key,
        faults_key=new_stream_key(),
        file_id=file_id,
    )


def bring_in(import_id: UUID, head: ImportHead, by: Actor) -> CaseImport:
    """Write the import down; the caller commits."""
    imported = CaseImport(
        id=import_id, team_id=by.team_id, author_id=by.user_id, head=head, body=ImportBody()
    )
    db.session.add(imported)
    db.session.flush()
    db.session.add(ImportProgress(id=import_id, of_all=head.rows, updated_at=now().isoformat()))
    note_import(Kind.IMPORT_BROUGHT, imported, by, rows=head.rows)
    return imported


def remove(imported: CaseImport, by: Actor) -> None:
    """What opens its files goes; the cases stay, and so do the marks of the rows. Whoever calls it
    forgets the files after the commit."""
    imported.head = replace(imported.head, columns=(), rows_key=b"", faults_key=b"")
    imported.body = ImportBody()
    progress = db.session.get_one(ImportProgress, imported.id)
    progress.state, progress.problem = REMOVED, ""
    progress.revision += 1
    note_import(Kind.IMPORT_REMOVED, imported, by)


def forget_files(import_id: UUID, head: ImportHead) -> None:
    forget_rows(head)
    forget_faults(import_id)


def sweep_imports() -> int:
    """Delete what no import needs, left where a process was killed. Returns how many."""
    old = list(old_files())
    try:
        needed = set(_needed()) if old else set()
    except CannotOpen:  # a damaged row, which the check of the house names: whose file is it?
        return 0
    left_over = [path for path in old if path not in needed]
    for path in left_over:
        path.unlink(missing_ok=True)
    return len(left_over)


def _needed() -> Iterator[Path]:
    query = select(CaseImport, ImportProgress.state).join(
        ImportProgress, ImportProgress.id == CaseImport.id
    )
    for imported, state in db.session.execute(query.where(ImportProgress.state != REMOVED)):
        yield faults_path(imported.id) if state == DONE else rows_path(imported.head.file_id)


def _insist_on_size(file: BinaryIO) -> None:
    size = file.seek(0, SEEK_END)
    file.seek(0)
    if not size:
        raise SheetProblem("The file is empty")
    if size > MOST_BYTES:
        raise SheetProblem("The file is larger than 20 MB: split it in two")
