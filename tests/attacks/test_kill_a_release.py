"""Aim: by pulling the plug while a month is released, leave half an edition: figures without an
entry in the ledger, an entry without its figures, a folder that looks like a release and is not."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from caseapp.database import db
from caseapp.exports.ledger_reading import read_ledger
from config import PROJECT, Settings
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app
from tests.serving import environment_of
from tests.small_year import choose_a_small_year

MONTH = "2026-05"
IN_THE_MIDDLE = r"Attacking: \d+ of (?!1\b)"  # of the attack, which says how many figures it has
BEFORE_THE_ROW = (
    "said:Counting cases",
    "said:Rounding",
    "said:Attacking",
    f"said:{IN_THE_MIDDLE}",
    "said:Attacking: 1 of 1\\b",  # the attack has been, and the comparison begins
    "said:Writing",
    "sql:before:INSERT INTO releases",
    "sql:commit:INSERT INTO releases",
)
Files = dict[str, bytes]


def caseapp(settings: Settings, *words: str, point: str = "") -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, which is killed at the point."""
    program = ["tests.attacks.killed_release", point, "--"] if point else ["caseapp.cli"]
    return subprocess.run(
        [sys.executable, "-m", *program, *words],
        cwd=PROJECT,
        env=environment_of(settings),
        capture_output=True,
        text=True,
        check=False,
    )


def export(settings: Settings, to: Path, point: str = "") -> None:
    """Either killed at the point, or done."""
    ended = caseapp(settings, "export", "--month", MONTH, "--to", str(to), point=point)
    assert ended.returncode == (-signal.SIGKILL if point else 0), ended.stderr


def entries(settings: Settings) -> tuple[list[str], list[Files]]:
    """The months of a ledger that holds together, and the files of each."""
    with running_app(open_app(settings)) as app, app.app_context():
        found = read_ledger(db.session())
        assert found.damaged_at == 0
        periods = [release.period for release in found.releases]
        return periods, [release.body.files for release in found.releases]


def read_all(folder: Path) -> Files:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def settings(peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home of its own, with a case and a year of few tables."""
    home, cast = peopled_home
    made = copy_home(home, tmp_path_factory.mktemp("killed") / "copy")
    with running_app(open_app(made)) as app, app.app_context():
        choose_a_small_year(cast.analyst)
    return made


@pytest.fixture(scope="module")
def released(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of it, killed the moment after the ledger had its entry."""
    copy = copy_home(settings.home.parent, tmp_path_factory.mktemp("killed-later") / "copy")
    export(copy, copy.home.parent / "out", "said:Writing: 1 of 1")
    assert not (copy.home.parent / "out").exists()
    return copy


@pytest.mark.parametrize("point", BEFORE_THE_ROW)
def test_a_release_killed_before_its_entry_leaves_no_edition_and_no_file(
    settings: Settings, tmp_path: Path, point: str
) -> None:
    export(settings, tmp_path / "out", point)
    assert entries(settings) == ([], [])
    assert not (tmp_path / "out").exists()
    assert caseapp(settings, "audit", "verify").returncode == 0


def test_a_release_whose_attacker_is_killed_says_so_and_leaves_no_edition_and_no_file(
    settings: Settings, tmp_path: Path
) -> None:
    words = ("export", "--month", MONTH, "--to", str(tmp_path / "out"))
    ended = caseapp(settings, *words, point=f"attacker:{IN_THE_MIDDLE}")
    assert ended.returncode == 1
    assert "The attack was stopped from outside before it was done" in ended.stderr
    assert entries(settings) == ([], [])
    assert not (tmp_path / "out").exists()


def test_a_release_killed_after_its_entry_is_whole_and_the_next_run_writes_its_bytes(
    released: Settings, tmp_path: Path
) -> None:
    periods, (files,) = entries(released)
    assert periods == [MONTH]
    assert {"release.ods", "certificate.json", "indicators.csv"} <= files.keys()
    export(released, tmp_path / "out")
    assert read_all(tmp_path / "out" / MONTH) == files
    assert entries(released)[0] == [MONTH]
    assert caseapp(released, "check").returncode == 0


def test_a_release_killed_at_any_file_leaves_no_folder_and_the_next_run_sweeps_its_draft(
    released: Settings, tmp_path: Path
) -> None:
    _, (files,) = entries(released)
    for number in range(1, len(files) + 1):
        out = tmp_path / str(number)
        export(released, out, f"written:{number}")
        (draft,) = out.iterdir()
        assert draft.name.startswith(f".{MONTH}-")
        assert len(read_all(draft)) == number - 1
        assert not (out / MONTH).exists()
    export(released, out)
    assert [path.name for path in out.iterdir()] == [MONTH]
    assert read_all(out / MONTH) == files


@pytest.mark.parametrize(("point", "is_there"), [("before", False), ("after", True)])
def test_a_folder_has_its_name_when_it_is_whole_and_not_before(
    released: Settings, tmp_path: Path, point: str, is_there: bool
) -> None:
    _, (files,) = entries(released)
    export(released, tmp_path / "out", f"renamed:{point}")
    assert (tmp_path / "out" / MONTH).exists() == is_there
    if is_there:
        assert read_all(tmp_path / "out" / MONTH) == files
    export(released, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [MONTH]
    assert read_all(tmp_path / "out" / MONTH) == files
