"""Commands by which something comes in: a caseload from a spreadsheet."""

import json
from pathlib import Path
from uuid import uuid4

import click

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.accounts.queries import find_user_by_email
from caseapp.cli.plain_speech import (
    FAULT,
    JSON,
    Misuse,
    Problem,
    existing_home,
    show_progress,
)
from caseapp.database import db, transaction
from caseapp.imports import bringing, jobs
from caseapp.imports.columns import guess, missing
from caseapp.imports.kept_rows import faults_path, read_faults
from caseapp.imports.models import CaseImport, ImportBody, ImportHead, ImportProgress
from caseapp.imports.rules import SheetProblem
from caseapp.imports.taking import Tally


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "email", required=True, help="Email of the manager whose team it is for.")
@click.option(
    "--faults",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the faulty rows.",
)
@JSON
def import_cases(file: Path, email: str, faults: Path | None, as_json: bool) -> None:
    """Bring a caseload in from a CSV or a workbook; no case comes in twice."""
    with existing_home().app_context():
        try:
            tally = _bring_in(file, _manager(email), faults)
        except SheetProblem as problem:
            raise Problem(str(problem)) from None
    if as_json:
        click.echo(json.dumps(vars(tally)))
    else:
        click.echo(
            f"{tally.brought:,} new cases, {tally.known:,} brought in before,"
            f" {tally.faulty:,} rows with a fault"
        )
    if tally.faulty:
        raise SystemExit(FAULT)


def _manager(email: str) -> Actor:
    user = find_user_by_email(email)
    if user is None or not user.is_active or not decide(user.actor, Permission.IMPORT_CASES):
        raise Misuse("this is not the email of a manager with a team")
    return user.actor


def _bring_in(file: Path, by: Actor, faults: Path | None) -> Tally:
    import_id = uuid4()
    db.session.commit()  # nothing was changed: nobody waits while the file is read
    with file.open("rb") as source:
        head = bringing.keep_file(file.name, source)
    meanings = tuple(guess(head.columns))
    if absent := missing(meanings):
        bringing.forget_files(import_id, head)
        raise SheetProblem(f"The file has no column for: {', '.join(absent)}")
    with transaction():
        imported = bringing.bring_in(import_id, head, by)
        imported.body = ImportBody(meanings=meanings)
        jobs.begin(imported, db.session.get_one(ImportProgress, import_id), by)
    tally = jobs.run(import_id, by, told=lambda tally: _tell(tally, head))
    if faults and tally.faulty:
        faults.write_bytes(b"".join(read_faults(faults_path(import_id), head)))
    with transaction():
        bringing.remove(db.session.get_one(CaseImport, import_id), by)
    bringing.forget_files(import_id, head)
    return tally


def _tell(tally: Tally, head: ImportHead) -> None:
    show_progress("Rows", tally.done, head.rows)
