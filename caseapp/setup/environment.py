"""The project's own Python environment: made, filled from the locks, and made anew if broken."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from caseapp.setup import locked_packages, stamps, system_libraries
from caseapp.setup.console import SetupProblem, run_quietly, say, step

UNFINISHED = ".unfinished"
BASE_PYTHON = getattr(sys, "_base_executable", None) or sys.executable


def python_of(venv: Path) -> Path:
    """The environment's interpreter."""
    return venv / "bin" / "python"


def make_ready(project: Path, lock: str) -> None:
    """Bring .venv up to date with requirements/<lock>.txt; nothing to do costs small reads."""
    venv, locked = project / ".venv", project / "requirements" / f"{lock}.txt"
    stamp = venv / f".{lock}.stamp"
    if stamps.is_fresh(stamp, _state(venv, locked)) and not is_half_made(venv):
        return
    remove_half_made(venv)
    if not is_usable(venv):
        with step("Python environment"):
            _create(venv)
    with step(f"Python packages ({lock})"):
        install(venv, locked)
    _put_project_on_path(venv, project)
    stamps.leave(stamp, _state(venv, locked))


def _state(venv: Path, locked: Path) -> str:
    # The interpreter's real path tells when the machine's Python moved under the environment.
    interpreter = os.path.realpath(python_of(venv))
    return stamps.fingerprint(locked, venv / "pyvenv.cfg", str(venv), interpreter)


def is_half_made(venv: Path) -> bool:
    """Whether making or filling the environment was cut short, so that it cannot be trusted."""
    return venv.exists() and ((venv / UNFINISHED).exists() or not python_of(venv).exists())


def remove_half_made(venv: Path) -> None:
    """Delete an environment that was cut short; a whole one is left alone."""
    if is_half_made(venv):
        say("removing a Python environment that was left half made")
        shutil.rmtree(venv)


def is_usable(venv: Path) -> bool:
    """Whether the environment runs and can install, also after the machine's Python changed."""
    try:
        tried = subprocess.run(
            [python_of(venv), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return tried.returncode == 0


def _create(venv: Path) -> None:
    shutil.rmtree(venv, ignore_errors=True)
    venv.mkdir(parents=True)
    (venv / UNFINISHED).touch()
    if not _can_bring_pip():
        system_libraries.install_for_venv()
    if _can_bring_pip():
        run_quietly([BASE_PYTHON, "-m", "venv", venv], failing="the folder .venv could not be made")
    else:
        _create_with_the_machines_pip(venv)


def _can_bring_pip() -> bool:
    # Debian keeps ensurepip in a package of its own, which may only just have been installed.
    probe = [BASE_PYTHON, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def _create_with_the_machines_pip(venv: Path) -> None:
    failing = "this Python cannot make environments; ask an administrator to install python3-venv"
    run_quietly([BASE_PYTHON, "-m", "venv", "--without-pip", venv], failing=failing)
    pip_into_venv = ["-m", "pip", "--python", str(python_of(venv)), "install", "pip"]
    run_quietly([BASE_PYTHON, *pip_into_venv], failing=failing)


def install(venv: Path, locked: Path) -> None:
    """Fill the environment from the lock; cut short, it counts as half made ever after.

    Raises SetupProblem where pip refuses.
    """
    unfinished = venv / UNFINISHED
    unfinished.touch()
    failing = "the Python packages could not be installed; is there a network?"
    try:
        locked_packages.install(python_of(venv), locked, failing=failing)
    except SetupProblem:
        unfinished.unlink()  # pip said no and put back what it had begun: the old set still works
        raise
    unfinished.unlink()


def _put_project_on_path(venv: Path, project: Path) -> None:
    # An editable install would need a build backend that no lock covers.
    for packages in venv.glob("lib/python3.*/site-packages"):
        (packages / "caseapp.pth").write_text(f"{project}\n", encoding="utf-8")
    command = venv / "bin" / "caseapp"
    interpreter = shlex.quote(str(python_of(venv)))
    command.write_text(f'#!/bin/sh\nexec {interpreter} -m caseapp.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
