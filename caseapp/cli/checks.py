"""Commands that look after a home: audit verify, check, keys rotate, lists."""

from pathlib import Path

import click

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.verification import verify
from caseapp.cli.plain_speech import (
    JSON,
    PlainSpoken,
    existing_home,
    show_progress,
    tell_faults,
)
from caseapp.database import db, read_snapshot, transaction
from caseapp.home import keyring_path
from caseapp.oversight.record_check import check_records
from caseapp.reference import code_list, list_names
from caseapp.reference.editions import load_edition
from caseapp.vault.embedded_engine import checkpoint_and_truncate
from caseapp.vault.rotation import rotate


@click.group(cls=PlainSpoken)
def audit() -> None:
    """The audit chain."""


@audit.command("verify")
@JSON
def verify_audit(as_json: bool) -> None:
    """Verify every entry of the audit, and its heads outside the database."""
    app = existing_home()
    with app.app_context():
        with read_snapshot() as session:
            result = verify(session, app.extensions["vault"], app.extensions["audit_heads"])
        with transaction():
            record(Kind.AUDIT_VERIFIED, actor=None, detail={"faults": len(result.faults)})
    tell_faults(
        as_json, f"{result.entries} entries verified", [fault.in_words for fault in result.faults]
    )


@click.command()
@JSON
def check(as_json: bool) -> None:
    """Open and verify every record."""
    app = existing_home()
    with app.app_context():
        with read_snapshot() as session:
            report = check_records(session, app.extensions["vault"], app.extensions["audit_heads"])
        with transaction():
            record(Kind.HOME_CHECKED, actor=None, detail={"faults": len(report.faults)})
    tell_faults(
        as_json, f"{report.records} records opened", [fault.in_words for fault in report.faults]
    )


@click.group(cls=PlainSpoken)
def keys() -> None:
    """The keys of a home."""


@keys.command("rotate")
def rotate_keys() -> None:
    """Wrap every key anew; a killed rotation goes on where it stopped."""
    app = existing_home()
    with app.app_context():
        path = keyring_path(app.extensions["settings"])
        rotate(path, db.engine.begin, app.extensions["vault"], _show_keys)
        with transaction():
            record(Kind.KEYS_ROTATED, actor=None)
        if db.engine.dialect.name == "sqlite" and not checkpoint_and_truncate(db.engine):
            click.echo("Somebody was reading: the old log is cut when they have finished.")
    click.echo("Every key is wrapped anew.")


@click.group(cls=PlainSpoken)
def lists() -> None:
    """The code lists: wards, ethnicity, offences and the rest."""


@lists.command("show")
@click.argument("name", required=False)
def show_lists(name: str | None) -> None:
    """Show the names of the lists, or the entries of one."""
    with existing_home().app_context():
        lines = [f"{e.code}  {e.label}" for e in code_list(name).entries] if name else list_names()
    for line in lines:
        click.echo(line)


@lists.command("load")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def load_lists(file: Path) -> None:
    """Load a new edition of a code list from a TOML file."""
    with existing_home().app_context(), transaction():
        loaded = load_edition(db.session(), file)
        record(
            Kind.LISTS_CHANGED, actor=None, detail={"list": loaded.name, "version": loaded.version}
        )
    click.echo(f"{loaded.title}: version {loaded.version} is in force")


def _show_keys(done: int, total: int) -> None:
    show_progress("Keys", done, total)
