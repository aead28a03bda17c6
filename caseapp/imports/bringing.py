"""A spreadsheet comes in, sealed before anything is written down, and goes again."""

from io import BufferedIOBase
from pathlib import PurePosixPath
from typing import BinaryIO
from uuid import UUID

from caseapp.access.actors import Actor
from caseapp.audit.kinds import Kind
from caseapp.clock import now
from caseapp.database import db
from caseapp.imports.kept_rows import forget_all, keep_rows, rows_opener
from caseapp.imports.models import CaseImport, ImportBody, ImportHead, ImportProgress
from caseapp.imports.sheets import SheetProblem, find_shape
from caseapp.imports.taking import note_import
from caseapp.vault.streams import new_stream_key

MOST_LETTERS = 120


def keep_file(import_id: UUID, name: str, file: BinaryIO | BufferedIOBase) -> ImportHead:
    """Seal the file onto the disk and find out how it is read. Raises SheetProblem, and then
    nothing stays of it."""
    file.seek(0)
    key = keep_rows(import_id, file)
    try:
        shape = find_shape(rows_opener(import_id, key))
    except SheetProblem:
        forget_all(import_id)
        raise
    return ImportHead(
        file_name=PurePosixPath(name.replace("\\", "/")).name[:MOST_LETTERS],
        brought_at=now(),
        encoding=shape.encoding,
        delimiter=shape.delimiter,
        columns=shape.columns,
        rows=shape.rows,
        rows_key=key,
        faults_key=new_stream_key(),
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
    """Both files go, and what would open them; the cases stay, and so do the marks of the rows."""
    imported.head = ImportHead(
        file_name=imported.head.file_name,
        brought_at=imported.head.brought_at,
        encoding="",
        delimiter="",
        columns=(),
        rows=imported.head.rows,
        rows_key=b"",
        faults_key=b"",
    )
    imported.body = ImportBody()
    note_import(Kind.IMPORT_REMOVED, imported, by)
    forget_all(imported.id)
