"""Commands by which something leaves: the monthly release, a safety plan on paper."""

import json
import os
import sys
from pathlib import Path
from typing import TextIO

import click

from caseapp.cli.plain_speech import (
    JSON,
    Misuse,
    Problem,
    existing_home,
    show_progress,
)
from caseapp.clock import today
from caseapp.disclosure.rules import AttackFailed
from caseapp.disclosure.told import summary
from caseapp.disclosure.trial import attack as attack_folders
from caseapp.documents.plan_paper import FORMATS
from caseapp.documents.problems import DocumentProblem
from caseapp.indicators.periods import UnknownMonth, period_until
from caseapp.languages import LANGUAGES
from caseapp.prints.command import NotPrinted, plan_pdf_for
from caseapp.prints.rules import why_not_password


@click.command()
@click.option("--month", required=True, help="YYYY-MM")
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--signed-only", is_flag=True, help="Only an edition that somebody has signed.")
@JSON
def export(month: str, folder: Path, signed_only: bool, as_json: bool) -> None:
    """Write the monthly anonymised release; nothing is written unless it is proved safe."""
    from caseapp.exports.making import ReleaseProblem, make_release

    _insist_on_a_month(month)
    with existing_home().app_context():
        try:
            release = make_release(
                month, folder, actor=None, progress=show_progress, signed_only=signed_only
            )
        except ReleaseProblem as problem:
            raise Problem(str(problem)) from None
    if as_json:
        click.echo(json.dumps(release.as_json()))
    else:
        click.echo("\n".join(release.in_words()))


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False))
@click.option("--knows", type=click.Path(exists=True, dir_okay=False), help="Cases known already.")
@JSON
def attack(folders: tuple[str, ...], knows: str | None, as_json: bool) -> None:
    """Tell what can be worked out from release folders, of ours or of anybody."""
    try:
        report = attack_folders(
            [Path(folder) for folder in folders], Path(knows) if knows else None
        )
    except AttackFailed as problem:
        raise Misuse(str(problem)) from None
    click.echo(json.dumps(report) if as_json else "\n".join(summary(report)))


# An underscore or a hyphen in a format, as one is used to.
@click.command(context_settings={"token_normalize_func": lambda word: word.replace("-", "_")})
@click.option("--case", "reference", required=True, help="Reference of the case.")
@click.option("--to", "file", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0])
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="Of the headings.")
@click.option("--copy-reason", default="", help="Why, where a copy is not safe to keep.")
@click.option(
    "--password-file",
    type=click.File(encoding="utf-8"),
    help="Lock the PDF with the first line of this file; - reads it from standard input.",
)
def plan(
    reference: str,
    file: Path,
    form: str,
    language: str | None,
    copy_reason: str,
    password_file: TextIO | None,
) -> None:
    """Write the newest safety plan of a case as a PDF; it is audited like any print."""
    password = _password_in(password_file) if password_file else ""
    with existing_home().app_context():
        try:
            pdf = plan_pdf_for(
                reference,
                form=form,
                language=language or "",
                copy_reason=copy_reason,
                password=password,
            )
            _write_privately(file, pdf)
        except (NotPrinted, DocumentProblem) as problem:
            raise Problem(str(problem)) from None
        except OSError as error:
            raise Problem(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"The plan is in {file}")


def _write_privately(file: Path, content: bytes) -> None:
    """For the eyes of whoever runs the command; a file that is there already keeps its rights."""
    with open(file, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as sink:
        sink.write(content)


def _password_in(file: TextIO) -> str:
    """Raises Misuse for one that nobody should rely on; the message does not show it."""
    try:
        password = file.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        raise Misuse("The password file is not text in UTF-8") from None
    problem = why_not_password(password)
    if problem:
        raise Misuse(problem)
    return password


def _insist_on_a_month(month: str) -> None:
    try:
        period_until(month, today())
    except UnknownMonth as problem:
        raise Misuse(str(problem)) from None


def _show_line(line: str) -> None:
    """What the attacker is at, on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{line:<60}", err=True, nl=False)
