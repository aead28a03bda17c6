"""An environment that was cut short is made anew; a whole one is never touched."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from caseapp.setup import environment, locked_packages
from caseapp.setup.console import SetupProblem


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A finished environment, as far as its files tell."""
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "lib/python3.11/site-packages").mkdir(parents=True)
    environment.python_of(venv).symlink_to(sys.executable)
    return venv


def test_a_whole_environment_is_left_alone(whole: Path) -> None:
    environment.remove_half_made(whole)
    assert environment.python_of(whole).exists()


def test_an_environment_whose_filling_was_cut_short_is_removed(whole: Path) -> None:
    (whole / environment.UNFINISHED).touch()
    environment.remove_half_made(whole)
    assert not whole.exists()


def test_an_environment_without_an_interpreter_is_removed(whole: Path) -> None:
    environment.python_of(whole).unlink()
    environment.remove_half_made(whole)
    assert not whole.exists()


def test_an_environment_whose_interpreter_left_the_machine_is_removed(whole: Path) -> None:
    environment.python_of(whole).unlink()
    environment.python_of(whole).symlink_to("/no/such/python")
    environment.remove_half_made(whole)
    assert not whole.exists()


def test_an_absent_environment_is_no_fault(tmp_path: Path) -> None:
    environment.remove_half_made(tmp_path / ".venv")
    assert not environment.is_half_made(tmp_path / ".venv")


def test_an_interpreter_that_does_not_start_is_not_usable(whole: Path) -> None:
    environment.python_of(whole).unlink()
    environment.python_of(whole).write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    environment.python_of(whole).chmod(0o755)
    assert not environment.is_usable(whole)


def test_a_missing_lock_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match=r"requirements/dev\.txt is missing"):
        locked_packages.install(Path(sys.executable), tmp_path / "dev.txt", failing="no")


def test_pip_that_says_no_leaves_the_old_set_trusted(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(SetupProblem):
        environment.install(whole, tmp_path / "absent.txt")
    assert not environment.is_half_made(whole)
