"""`caseapp import`: cases from a file, the faulty rows into another, and nothing kept of either."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caseapp.accounts.models import User
from caseapp.cli import main
from caseapp.database import db
from caseapp.imports import bringing
from config import Settings
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app
from tests.serving import environment_of
from tests.unit.imports.caseloads import caseload


@pytest.fixture
def settings(peopled_home: tuple[Path, Cast], tmp_path: Path) -> Settings:
    return copy_home(peopled_home[0], tmp_path / "copy")


@pytest.fixture
def email(settings: Settings, cast: Cast) -> str:
    """Of the manager."""
    with running_app(open_app(settings)) as app, app.app_context():
        return db.session.get_one(User, cast.manager.user_id).head.email


def caseapp_import(settings: Settings, file: Path, email: str, *more: str) -> Result:
    words = ["import", str(file), "--as", email, "--json", *more]
    return CliRunner().invoke(main, words, env=environment_of(settings))


def kept(settings: Settings) -> list[Path]:
    folder = settings.home / "imports"
    return list(folder.iterdir()) if folder.exists() else []


def test_the_good_rows_come_in_the_faulty_ones_go_out_and_nothing_of_the_file_stays(
    settings: Settings, email: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, faults = tmp_path / "ours.csv", tmp_path / "faulty.csv"
    file.write_bytes(caseload(6, faulty=2))
    held, real = [], vars(bringing)["open_sheet"]

    def watched(*values: object) -> object:
        held.append(db.session().in_transaction())
        return real(*values)

    monkeypatch.setattr(bringing, "open_sheet", watched)
    done = caseapp_import(settings, file, email, "--faults", str(faults))
    assert done.exit_code == 1, done.output
    assert json.loads(done.stdout) == {"done": 6, "brought": 4, "known": 0, "faulty": 2}
    assert len(faults.read_text(encoding="utf-8-sig").splitlines()) == 3
    assert held == [False]  # nobody waits while the file is read
    assert kept(settings) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"Name\nWren\n", "no column for: First name"), (b"PK\x03\x04lies", "damaged or too large")],
)
def test_a_file_that_cannot_come_in_is_one_plain_line_and_nothing_of_it_stays(
    settings: Settings, email: str, tmp_path: Path, content: bytes, why: str
) -> None:
    file = tmp_path / "ours.xlsx"
    file.write_bytes(content)
    refused = caseapp_import(settings, file, email)
    assert refused.exit_code == 1
    assert why in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert kept(settings) == []
