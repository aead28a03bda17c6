"""The caseapp command. Exit status: 0 done, 1 found a fault, 2 misused."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from caseapp import __version__
from caseapp.accounts.actions import create_first_administrator
from caseapp.accounts.demo import ACCOUNTS, PASSWORD
from caseapp.app import CaseApp, create_app, make_ready
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.verification import verify
from caseapp.database import db, read_snapshot, transaction
from caseapp.demo.fill import fill_home
from caseapp.demo.truth import refuse_truth_inside
from caseapp.documents.problems import DocumentProblem
from caseapp.home import (
    is_demo,
    is_made,
    keyring_path,
    made_beside,
    make_home,
    mark_as_demo,
    new_passphrase,
    open_home,
    refuse_to_replace,
    unlock_demo,
)
from caseapp.oversight.record_check import check_records
from caseapp.plans.printing import NotPrinted, plan_pdf_for
from caseapp.reference.code_lists import ListProblem
from caseapp.reference.editions import load_edition
from caseapp.reference.in_force import code_list, list_names
from caseapp.schema import bring_up_to_date
from caseapp.serving import port_is_free, serve
from caseapp.vault.core_dumps import turn_off_core_dumps
from caseapp.vault.errors import VaultError
from caseapp.vault.rotation import rotate
from config import Settings, SettingsError

FAULT, MISUSED = 1, 2
DEMO_CASES, DEMO_SEED = 120, 7
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
HOST = click.option("--host", help="Address to serve on (127.0.0.1).")
PORT = click.option("--port", type=click.IntRange(1, 65535), help="Port to serve on (5000).")


class Problem(click.ClickException):
    """A fault, told in one plain line on standard error."""

    exit_code = FAULT

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        click.echo(f"caseapp: {self.message}", err=True)


class Misuse(Problem):
    """Asked in a way that cannot be answered."""

    exit_code = MISUSED


class PlainSpoken(click.Group):
    """Turns what can go wrong into one line: a traceback could show the text of a case."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SettingsError as problem:
            raise Misuse(str(problem)) from None
        except (VaultError, ListProblem) as problem:
            raise Problem(str(problem)) from None
        except DBAPIError as problem:
            raise Problem(f"the database refused ({type(problem.orig).__name__})") from None


@click.group(cls=PlainSpoken, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Casework for advocates of victims of violence."""
    turn_off_core_dumps()


@main.command()
@HOST
@PORT
def run(host: str | None, port: int | None) -> None:
    """Make an encrypted demo home on the first start, then serve it."""
    settings = _settings(host, port)
    if not is_made(settings):
        _make_demo_home(settings, cases=DEMO_CASES, seed=DEMO_SEED, months=24, truth=None)
    _serve(settings)


@main.command("serve")
@HOST
@PORT
def serve_command(host: str | None, port: int | None) -> None:
    """Serve an existing home."""
    _serve(_settings(host, port))


@main.command()
@click.option("--name", prompt="Your name", help="Name of the first administrator.")
@click.option("--email", prompt="Your email address", help="Their email address.")
def init(name: str, email: str) -> None:
    """Make a new, empty, sealed home, and its first administrator."""
    settings = Settings.from_environment()
    refuse_to_replace(settings)
    made_up = "" if settings.has_unlock else new_passphrase()
    if made_up:
        settings = replace(settings, passphrase=made_up)
    vault, recovery = make_home(settings)
    with create_app(settings, vault).app_context():
        bring_up_to_date()
        with transaction():
            password = create_first_administrator(name, email)
            record(Kind.HOME_CREATED, actor=None)
    if made_up:
        click.echo(f"Passphrase that unlocks this home: {made_up}")
    click.echo(f"Recovery key, shown this once (print it, lock it away): {recovery}")
    click.echo(f"Password for the first sign-in of {email}: {password}")


@main.command()
@click.option("--cases", type=click.IntRange(1, 1_000_000), required=True)
@click.option("--seed", type=int, required=True)
@click.option("--months", type=click.IntRange(1, 120), default=24, show_default=True)
@click.option("--truth", type=click.Path(path_type=Path, dir_okay=False))
def demo(cases: int, seed: int, months: int, truth: Path | None) -> None:
    """Fill a new home with synthetic cases."""
    settings = Settings.from_environment()
    refuse_to_replace(settings)
    _make_demo_home(settings, cases=cases, seed=seed, months=months, truth=truth)


@main.command()
def upgrade() -> None:
    """Bring the database of a home to the newest shape."""
    settings = unlock_demo(Settings.from_environment())
    with create_app(settings, open_home(settings)).app_context():
        bring_up_to_date()
    click.echo("The database has the newest shape.")


@main.command()
@click.option("--month", required=True, help="YYYY-MM")
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True)
@JSON
def export(month: str, folder: Path, as_json: bool) -> None:
    """Write the monthly anonymised release; nothing is written unless it is proved safe."""
    from caseapp.exports.making import ReleaseProblem, make_release

    with _app().app_context():
        try:
            release = make_release(month, folder, actor=None, progress=_progress)
        except ReleaseProblem as problem:
            raise Problem(str(problem)) from None
    if as_json:
        click.echo(json.dumps(release.as_json()))
    else:
        click.echo(f"The release of {month} is in {release.folder}")


@main.command()
@click.option("--case", "reference", required=True, help="Reference of the case.")
@click.option("--to", "file", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--format", "form", type=click.Choice(["standard"]), default="standard")
@click.option("--language", default="en", help="Language of the headings.")
@click.option("--copy-reason", default="", help="Why, where a copy is not safe to keep.")
def plan(
    reference: str,
    file: Path,
    form: str,  # noqa: ARG001
    language: str,
    copy_reason: str,
) -> None:
    """Write the newest safety plan of a case as a PDF; it is audited like any read."""
    if language != "en":
        raise SettingsError("The headings exist in English only, for now")
    with _app().app_context():
        try:
            file.write_bytes(plan_pdf_for(reference, copy_reason=copy_reason))
        except (NotPrinted, DocumentProblem) as problem:
            raise Problem(str(problem)) from None
        except OSError as error:
            raise Problem(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"The plan is in {file}")


@main.group(cls=PlainSpoken)
def audit() -> None:
    """The audit chain."""


@audit.command("verify")
@JSON
def verify_audit(as_json: bool) -> None:
    """Verify every entry of the audit, and its heads outside the database."""
    app = _app()
    with app.app_context():
        with read_snapshot() as session:
            result = verify(session, app.extensions["vault"], app.extensions["audit_heads"])
        with transaction():
            record(Kind.AUDIT_VERIFIED, actor=None, detail={"faults": len(result.faults)})
    _tell(
        as_json, f"{result.entries} entries verified", [fault.in_words for fault in result.faults]
    )


@main.command()
@JSON
def check(as_json: bool) -> None:
    """Open and verify every record."""
    app = _app()
    with app.app_context():
        with read_snapshot() as session:
            report = check_records(session, app.extensions["vault"], app.extensions["audit_heads"])
        with transaction():
            record(Kind.HOME_CHECKED, actor=None, detail={"faults": len(report.faults)})
    _tell(as_json, f"{report.records} records opened", [fault.in_words for fault in report.faults])


@main.group(cls=PlainSpoken)
def keys() -> None:
    """The keys of a home."""


@keys.command("rotate")
def rotate_keys() -> None:
    """Wrap every key anew; a killed rotation goes on where it stopped."""
    app = _app()
    with app.app_context():
        path = keyring_path(app.extensions["settings"])
        rotate(path, db.engine.begin, app.extensions["vault"], _rotated)
        with transaction():
            record(Kind.KEYS_ROTATED, actor=None)
    click.echo("Every key is wrapped anew.")


@main.group(cls=PlainSpoken)
def lists() -> None:
    """The code lists: wards, ethnicity, offences and the rest."""


@lists.command("show")
@click.argument("name", required=False)
def show_lists(name: str | None) -> None:
    """Show the names of the lists, or the entries of one."""
    with _app().app_context():
        lines = [f"{e.code}  {e.label}" for e in code_list(name).entries] if name else list_names()
    for line in lines:
        click.echo(line)


@lists.command("load")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def load_lists(file: Path) -> None:
    """Load a new edition of a code list from a TOML file."""
    with _app().app_context(), transaction():
        loaded = load_edition(db.session(), file)
        record(
            Kind.LISTS_CHANGED, actor=None, detail={"list": loaded.name, "version": loaded.version}
        )
    click.echo(f"{loaded.title}: version {loaded.version} is in force")


def _settings(host: str | None, port: int | None) -> Settings:
    settings = Settings.from_environment()
    return replace(settings, host=host or settings.host, port=port or settings.port)


def _app(settings: Settings | None = None) -> CaseApp:
    """The app on an existing home that this version of the program can work with."""
    settings = unlock_demo(settings or Settings.from_environment())
    app = create_app(settings, open_home(settings))
    make_ready(app)
    return app


def _serve(settings: Settings) -> None:
    if not port_is_free(settings):
        raise SettingsError(f"Port {settings.port} is in use: choose another with --port")
    app = _app(settings)
    click.echo(f"caseapp is at http://{settings.host}:{settings.port}/ (Ctrl+C stops it)")
    if is_demo(settings):
        _introduce_demo()
    serve(app, settings, is_demo=is_demo(settings))


def _introduce_demo() -> None:
    click.echo(f"Demo accounts, each with the passphrase {PASSWORD}:")
    for email, role in ACCOUNTS.items():
        click.echo(f"  {email:<28} {role}")


def _make_demo_home(
    settings: Settings, *, cases: int, seed: int, months: int, truth: Path | None
) -> None:
    refuse_truth_inside(settings.home, truth)
    with made_beside(settings) as making:
        mark_as_demo(making)
        making = unlock_demo(making)
        vault, _ = make_home(making)
        with create_app(making, vault).app_context():
            bring_up_to_date()
            fill_home(cases=cases, seed=seed, months=months, truth=truth, progress=_progress)
            db.engine.dispose()


def _progress(step: str, done: int, total: int) -> None:
    """One line that grows on a terminal; elsewhere the end of each step."""
    if sys.stderr.isatty():
        click.echo(f"\r{step}: {done} of {total}", err=True, nl=done >= total)
    elif done >= total:
        click.echo(f"{step}: {total}", err=True)


def _rotated(done: int, total: int) -> None:
    _progress("Keys", done, total)


def _tell(as_json: bool, summary: str, faults: list[str]) -> None:
    if as_json:
        click.echo(json.dumps({"summary": summary, "faults": faults}))
    else:
        for line in (*faults, f"{summary}, {len(faults)} faults"):
            click.echo(line)
    if faults:
        raise SystemExit(FAULT)


if __name__ == "__main__":
    main()
