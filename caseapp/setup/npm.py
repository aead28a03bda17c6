"""Runs the machine's npm, or where there is none one from a Python wheel that is deleted again."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from caseapp.setup import locked_packages
from caseapp.setup.console import SetupProblem, run_quietly, say

OLDEST_MAJOR = 7  # the first that reads our lock file's version
MANIFEST = ("package.json", "package-lock.json", ".npmrc")


def install_locked(project: Path, npm_tree: Path, python: Path) -> None:
    """Install what package-lock.json names, hash by hash, into npm_tree/node_modules.

    `python` is the environment's own, whose pip brings npm where the machine has none.
    """
    for name in MANIFEST:
        shutil.copyfile(project / name, npm_tree / name)
    if _machine_has_npm():
        _clean_install(["npm"], npm_tree)
        return
    say("no npm here: using one from a Python wheel, for this step alone")
    with tempfile.TemporaryDirectory() as scratch:
        locked_packages.install(
            python,
            project / "requirements" / "node.txt",
            target=Path(scratch),
            failing="neither npm nor its Python wheel could be installed; is there a network?",
        )
        _clean_install([python, Path(scratch) / "bin/npm"], npm_tree, PYTHONPATH=scratch)


def _clean_install(npm: list[str | Path], npm_tree: Path, **environment: str) -> None:
    run_quietly(
        [*npm, "ci", "--no-progress", "--loglevel=error"],
        cwd=npm_tree,
        extra_environment=environment,
        failing="npm could not fetch styles, fonts and pictures; is there a network?",
    )


def _machine_has_npm() -> bool:
    if not shutil.which("npm"):
        return False
    try:
        return is_new_enough(run_quietly(["npm", "--version"], failing="npm does not run"))
    except SetupProblem:
        return False


def is_new_enough(printed: str) -> bool:
    """Whether the last line that `npm --version` printed names a version that reads our lock."""
    major = re.match(r"(\d+)\.", (printed.strip().splitlines() or [""])[-1])
    return major is not None and int(major[1]) >= OLDEST_MAJOR
