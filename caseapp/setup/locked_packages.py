"""Installs a hash lock with pip: wheels alone, so that no package runs code of its own here."""

from __future__ import annotations

from pathlib import Path

from caseapp.setup.console import SetupProblem, run_quietly


def install(python: Path, locked: Path, *, failing: str, target: Path | None = None) -> None:
    """Install what the lock names, into the interpreter's environment or the folder `target`."""
    if not locked.is_file():
        raise SetupProblem(f"requirements/{locked.name} is missing; is this a whole checkout?")
    pip: list[str | Path] = [python, "-m", "pip", "install", "--no-input", "--require-hashes"]
    pip += ["--only-binary=:all:", "--disable-pip-version-check"]
    # Python compiles what it imports; compiling all of it here would double the time.
    pip += ["--no-compile", "-r", locked]
    run_quietly(pip + (["--target", target] if target else []), failing=failing)
