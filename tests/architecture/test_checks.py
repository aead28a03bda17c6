"""The tools that read the code find nothing; `make check` is this file, and so the suite too."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
CHECKS = {
    "the linter": ["ruff", "check", "--quiet", "--output-format=concise", "."],
    "the formatter": ["ruff", "format", "--check", "--quiet", "."],
    "the type checker": ["mypy", "--no-error-summary"],
    "the import contracts": ["lint-imports", "--no-logo"],
    "the template linter": ["djlint", "templates", "--lint", "--quiet"],
}
# Known shapes of keys and tokens; by entropy alone, every known-answer vector would be a secret.
# Nothing found is tried out over the network.
SECRETS = ["detect-secrets-hook", "--no-verify", "--disable-plugin", "KeywordDetector"]
SECRETS += ["--disable-plugin", "Base64HighEntropyString"]
SECRETS += ["--disable-plugin", "HexHighEntropyString"]
HOME_FILES = {"keyring.json", "heads.log"}
HOME_ENDINGS = {".db", ".sqlite", ".sqlite3", ".db-wal"}


def run(command: list[str], *files: str) -> subprocess.CompletedProcess[str]:
    tool, *words = command
    return subprocess.run(
        [TOOLS / tool, *words, *files], cwd=PROJECT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def committed() -> list[str]:
    if not (PROJECT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout: nothing is committed from here")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name and (PROJECT / name).is_file()]


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_is_found_by(check: str) -> None:
    done = run(CHECKS[check])
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"


def test_the_import_contracts_see_every_room() -> None:
    rooms = {path.parent for path in (PROJECT / "caseapp").rglob("*.py")}
    assert not [room for room in rooms if not (room / "__init__.py").is_file()]


def test_no_key_or_token_is_committed(committed: list[str]) -> None:
    done = run(SECRETS, *committed)
    assert done.returncode == 0, done.stdout


def test_no_file_of_a_home_is_committed(committed: list[str]) -> None:
    paths = [Path(name) for name in committed]
    assert not [p for p in paths if p.name in HOME_FILES or p.suffix in HOME_ENDINGS]
