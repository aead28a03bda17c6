"""Commands by which something leaves: the monthly release, a safety plan on paper."""

import json
import subprocess
import sys
from pathlib import Path

import click

from caseapp.cli.plain_speech import JSON, MISUSED, Misuse, Problem, existing_home, show_progress
from caseapp.clock import today
from caseapp.documents.problems import DocumentProblem
from caseapp.indicators.periods import UnknownMonth, period_until
from caseapp.plans.printing import NotPrinted, plan_pdf_for
from config import PROJECT, SettingsError

FEW_CANDIDATES = 4


@click.command()
@click.option("--month", required=True, help="YYYY-MM")
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True)
@JSON
def export(month: str, folder: Path, as_json: bool) -> None:
    """Write the monthly anonymised release; nothing is written unless it is proved safe."""
    from caseapp.exports.making import ReleaseProblem, make_release

    _insist_on_a_month(month)
    with existing_home().app_context():
        try:
            release = make_release(month, folder, actor=None, progress=show_progress)
        except ReleaseProblem as problem:
            raise Problem(str(problem)) from None
    if as_json:
        click.echo(json.dumps(release.as_json()))
    else:
        click.echo(f"The release of {month} is in {release.folder}")


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False))
@click.option("--knows", type=click.Path(exists=True, dir_okay=False), help="Cases known already.")
@JSON
def attack(folders: tuple[str, ...], knows: str | None, as_json: bool) -> None:
    """Tell what can be worked out from release folders, of ours or of anybody."""
    words = [str(Path(folder).resolve()) for folder in folders]
    words += ["--knows", str(Path(knows).resolve())] if knows else []
    attacker = [sys.executable, "-m", "caseapp.disclosure.attacker", *words]
    done = subprocess.run(attacker, stdout=subprocess.PIPE, cwd=PROJECT, check=False)
    if done.returncode:
        raise SystemExit(MISUSED)  # it has said why
    if as_json:
        click.echo(done.stdout)
        return
    cells = json.loads(done.stdout)["cells"]
    spans = [cell["upper"] - cell["lower"] for cell in cells if cell["upper"] is not None]
    exact, narrow = spans.count(0), sum(0 < span < FEW_CANDIDATES - 1 for span in spans)
    click.echo(
        f"{len(cells)} figures attacked: {exact} worked out exactly,"
        f" {narrow} more to fewer than {FEW_CANDIDATES} candidates"
    )


@click.command()
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
    with existing_home().app_context():
        try:
            file.write_bytes(plan_pdf_for(reference, copy_reason=copy_reason))
        except (NotPrinted, DocumentProblem) as problem:
            raise Problem(str(problem)) from None
        except OSError as error:
            raise Problem(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"The plan is in {file}")


def _insist_on_a_month(month: str) -> None:
    try:
        period_until(month, today())
    except UnknownMonth as problem:
        raise Misuse(str(problem)) from None
