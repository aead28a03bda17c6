"""The hash locks cover what is asked for, agree with each other, and name nowhere to fetch from."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
REQUIREMENTS = PROJECT / "requirements"
OURS = {"caseapp", "config", "tests", "benchmarks", "_typeshed"}
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+?)(?: ; (.+?))? \\$", re.MULTILINE)
ASKED = re.compile(r"^([a-z0-9][a-z0-9.-]*)", re.MULTILINE)


def pins(lock: str) -> dict[tuple[str, str], str]:
    """Return the version of each package and environment marker of a lock."""
    text = (REQUIREMENTS / f"{lock}.txt").read_text(encoding="utf-8")
    return {(name, marker or ""): version for name, version, marker in PIN.findall(text)}


def asked_for(lock: str) -> set[str]:
    return set(ASKED.findall((REQUIREMENTS / f"{lock}.in").read_text(encoding="utf-8")))


def imported_by(folder: str) -> Iterator[str]:
    """Yield the top-level name of each module that the code in a folder imports from outside."""
    for path in (PROJECT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.split(".")[0]


def unasked(folder: str, *locks: str) -> set[str]:
    """Return the libraries that a folder imports and none of the lists asks for."""
    libraries = set(imported_by(folder)) - sys.stdlib_module_names - OURS
    brought_by = packages_distributions()
    asked = {name for lock in locks for name in asked_for(lock)}
    return {
        library
        for library in libraries
        if not asked & {name.lower().replace("_", "-") for name in brought_by.get(library, [])}
    }


def test_an_install_brings_every_library_that_the_program_imports() -> None:
    assert unasked("caseapp", "runtime") == set()


def test_the_suite_brings_every_library_that_the_tests_import() -> None:
    assert unasked("tests", "runtime", "dev") == set()


@pytest.mark.parametrize("lock", ["runtime", "dev", "node"])
def test_everything_asked_for_is_locked(lock: str) -> None:
    assert asked_for(lock) <= {name for name, _ in pins(lock)}


def test_what_the_suite_runs_on_is_what_an_install_runs_on() -> None:
    runtime, dev = pins("runtime"), pins("dev")
    assert {pin: runtime[pin] for pin in runtime.keys() & dev.keys()} == {
        pin: dev[pin] for pin in runtime.keys() & dev.keys()
    }


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt", "node.txt", "../package-lock.json"])
def test_no_lock_names_a_place_to_fetch_from(name: str) -> None:
    lines = (REQUIREMENTS / name).read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "://" in line and '"url"' not in line]
    assert not [line for line in lines if '"resolved"' in line or "index-url" in line]


@pytest.mark.parametrize("lock", ["runtime", "dev", "node"])
def test_every_pin_has_a_hash(lock: str) -> None:
    text = (REQUIREMENTS / f"{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
