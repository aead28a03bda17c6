"""Brings static/vendor up to date: fetched by npm, copied by an allow-list, swapped in whole."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from caseapp.setup import npm, stamps
from caseapp.setup.allow_list import allowed_files
from caseapp.setup.console import SetupProblem, step
from caseapp.setup.drawings import checked_drawing
from caseapp.setup.stylesheet import without_govuk_identity, without_source_map

# What the assets are made of and by; another state of any of these makes them anew.
MAKERS = (
    "package-lock.json",
    "caseapp/documents/pictures.toml",
    "caseapp/setup/allow_list.py",
    "caseapp/setup/assets.py",
    "caseapp/setup/drawings.py",
    "caseapp/setup/stylesheet.py",
)


def state(project: Path) -> str:
    """The fingerprint of all that the assets depend on."""
    return stamps.fingerprint(*(project / name for name in MAKERS))


def make_ready(project: Path, python: Path) -> None:
    """Copy the allowed assets where the lock or the list changed; else costs a few small reads.

    `python` is the environment's own, whose pip brings npm where the machine has none.
    """
    vendor, wanted = project / "static" / "vendor", state(project)
    if stamps.is_fresh(vendor / ".stamp", wanted):
        return
    with step("styles, scripts, fonts and pictures"), tempfile.TemporaryDirectory() as scratch:
        npm.install_locked(project, Path(scratch), python)
        new = vendor.with_name("vendor.new")
        shutil.rmtree(new, ignore_errors=True)
        copy_allowed(Path(scratch) / "node_modules", new)
        stamps.leave(new / ".stamp", wanted)
        shutil.rmtree(vendor, ignore_errors=True)
        new.replace(vendor)


def copy_allowed(packages: Path, vendor: Path) -> None:
    """Copy each file of the allow-list into a new vendor folder, stripped of GOV.UK's identity.

    Raises SetupProblem where a package no longer holds a file of the list.
    """
    for source, target in allowed_files().items():
        original, copy = packages / source, vendor / target
        # A link could lead out of the package and bring in any file of the machine.
        if original.is_symlink() or not original.is_file():
            raise SetupProblem(f"the npm packages hold no {source}; was one upgraded?")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(_cleaned(original))


def _cleaned(source: Path) -> bytes:
    if source.suffix == ".css":
        return without_govuk_identity(source.read_text(encoding="utf-8")).encode()
    if source.suffix == ".js":
        return without_source_map(source.read_text(encoding="utf-8")).encode()
    if source.suffix == ".svg":
        return checked_drawing(source.read_text(encoding="utf-8"), source.name).encode()
    return source.read_bytes()
