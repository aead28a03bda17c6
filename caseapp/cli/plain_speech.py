"""What every command shares: one plain line for what went wrong, and how results are told."""

import json
import sys
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from caseapp.app import CaseApp, create_app, make_ready
from caseapp.home import open_home, unlock_demo
from caseapp.reference import ListProblem
from caseapp.vault.errors import VaultError
from config import Settings, SettingsError

FAULT, MISUSED = 1, 2
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


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


def existing_home(settings: Settings | None = None) -> CaseApp:
    """The app on an existing home that this version of the program can work with."""
    settings = unlock_demo(settings or Settings.from_environment())
    app = create_app(settings, open_home(settings))
    make_ready(app)
    return app


def show_progress(step: str, done: int, total: int) -> None:
    """One line that grows on a terminal; elsewhere the end of each step."""
    if sys.stderr.isatty():
        click.echo(f"\r{step}: {done} of {total}", err=True, nl=done >= total)
    elif done >= total:
        click.echo(f"{step}: {total}", err=True)


def tell_faults(as_json: bool, summary: str, faults: list[str]) -> None:
    if as_json:
        click.echo(json.dumps({"summary": summary, "faults": faults}))
    else:
        for line in (*faults, f"{summary}, {len(faults)} faults"):
            click.echo(line)
    if faults:
        raise SystemExit(FAULT)
