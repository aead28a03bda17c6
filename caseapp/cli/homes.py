"""Commands that make and serve a home: run, serve, init, demo, upgrade."""

from dataclasses import replace
from pathlib import Path

import click

from caseapp.accounts.actions import create_first_administrator, normal_email
from caseapp.accounts.demo import ACCOUNTS, PASSWORD
from caseapp.app import create_app
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cli.plain_speech import existing_home, show_progress
from caseapp.database import db, transaction
from caseapp.home import (
    is_demo,
    is_made,
    made_beside,
    make_home,
    mark_as_demo,
    new_passphrase,
    open_home,
    refuse_to_replace,
    unlock_demo,
)
from caseapp.schema import bring_up_to_date
from caseapp.serving import port_is_free, serve
from config import Settings, SettingsError

DEMO_CASES, DEMO_SEED, DEMO_MONTHS = 300, 7, 24
HOST = click.option("--host", help="Address to serve on (127.0.0.1).")
PORT = click.option("--port", type=click.IntRange(1, 65535), help="Port to serve on (5000).")


@click.command()
@HOST
@PORT
def run(host: str | None, port: int | None) -> None:
    """Make an encrypted demo home on the first start, then serve it."""
    settings = _settings(host, port)
    if not is_made(settings):
        make_demo_home(settings, cases=DEMO_CASES, seed=DEMO_SEED, months=DEMO_MONTHS, truth=None)
    serve_home(settings)


@click.command("serve")
@HOST
@PORT
def serve_command(host: str | None, port: int | None) -> None:
    """Serve an existing home."""
    serve_home(_settings(host, port))


@click.command()
@click.option("--name", prompt="Your name", help="Name of the first administrator.")
@click.option("--email", prompt="Your email address", help="Their email address.")
def init(name: str, email: str) -> None:
    """Make a new, empty, sealed home, and its first administrator."""
    settings = Settings.from_environment()
    refuse_to_replace(settings)
    normal_email(email)
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


@click.command()
@click.option("--cases", type=click.IntRange(1, 1_000_000), required=True)
@click.option("--seed", type=int, required=True)
@click.option("--months", type=click.IntRange(1, 120), default=DEMO_MONTHS, show_default=True)
@click.option("--truth", type=click.Path(path_type=Path, dir_okay=False))
def demo(cases: int, seed: int, months: int, truth: Path | None) -> None:
    """Fill a new home with synthetic cases."""
    settings = Settings.from_environment()
    refuse_to_replace(settings)
    make_demo_home(settings, cases=cases, seed=seed, months=months, truth=truth)


@click.command()
def upgrade() -> None:
    """Bring the database of a home to the newest shape."""
    settings = unlock_demo(Settings.from_environment())
    with create_app(settings, open_home(settings)).app_context():
        bring_up_to_date()
    click.echo("The database has the newest shape.")


def _settings(host: str | None, port: int | None) -> Settings:
    settings = Settings.from_environment()
    return replace(settings, host=host or settings.host, port=port or settings.port)


def serve_home(settings: Settings) -> None:
    if not port_is_free(settings):
        raise SettingsError(f"Port {settings.port} is in use: choose another with --port")
    app = existing_home(settings)
    click.echo(f"caseapp is at http://{settings.host}:{settings.port}/ (Ctrl+C stops it)")
    if is_demo(settings):
        _introduce_demo()
    serve(app, settings, is_demo=is_demo(settings))


def _introduce_demo() -> None:
    click.echo(f"Demo accounts, each with the passphrase {PASSWORD}:")
    for email, role in ACCOUNTS.items():
        click.echo(f"  {email:<28} {role}")


def make_demo_home(
    settings: Settings, *, cases: int, seed: int, months: int, truth: Path | None
) -> None:
    # Inventing a borough takes libraries that no other command waits for.
    from caseapp.demo.fill import fill_home
    from caseapp.demo.truth import refuse_truth_inside

    refuse_truth_inside(settings.home, truth)
    with made_beside(settings) as making:
        mark_as_demo(making)
        making = unlock_demo(making)
        vault, _ = make_home(making)
        with create_app(making, vault).app_context():
            bring_up_to_date()
            fill_home(cases=cases, seed=seed, months=months, truth=truth, progress=show_progress)
            db.engine.dispose()
