"""What Python wheels cannot carry: the text layout of PDFs, and a browser for the tests."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from caseapp.setup.console import SetupProblem, run_quietly, say, step

# Library to load, and the Debian package that brings it. Without the last one, PDFs take 2.6 times
# as long and subsetting of fonts is coarser.
PDF_LIBRARIES = (
    ("libpango-1.0.so.0", "libpango-1.0-0"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
)
# What drives the browser in the tests is a Node.js that is linked against this one.
DRIVER_LIBRARY = ("libatomic.so.1", "libatomic1")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOMEBREW_LIBRARIES = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))


def make_ready() -> None:
    """Install what PDFs need, or warn that there will be none; never stops the set-up."""
    if sys.platform == "darwin":
        _make_ready_on_macos()
        return
    packages = missing_packages()
    if packages and not _install_on_debian("libraries for PDFs", packages):
        say(f"PDFs will not work until an administrator installs {' '.join(packages)}")


def missing_packages() -> list[str]:
    """Return the Debian packages of the libraries that cannot be loaded."""
    return [package for library, package in PDF_LIBRARIES if not _loads(library)]


def install_for_venv() -> None:
    """Install Debian's part of Python that makes environments, where that is possible."""
    _install_on_debian("python3-venv", [f"python3.{sys.version_info.minor}-venv"])


def make_browser_ready() -> None:
    """Install what the browser tests need, or warn that they will be skipped."""
    packages = [] if _has_browser() else ["chromium"]
    if sys.platform == "linux" and not _loads(DRIVER_LIBRARY[0]):
        packages.append(DRIVER_LIBRARY[1])
    if packages and not _install_on_debian("browser for the tests", packages):
        say(f"the browser tests will not run until {' and '.join(packages)} can be found")


def _has_browser() -> bool:
    return bool(os.environ.get("CHROMIUM")) or any(shutil.which(name) for name in BROWSERS)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install_on_debian(what: str, packages: Sequence[str]) -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    with step(what):
        return _apt_get("update") and _apt_get("install", "--no-install-recommends", *packages)


def _apt_get(*words: str) -> bool:
    try:
        run_quietly(
            ["apt-get", "--yes", "--quiet", *words],
            extra_environment={"DEBIAN_FRONTEND": "noninteractive"},
            failing=f"apt-get {words[0]} failed",
        )
    except SetupProblem as problem:
        say(str(problem))
        return False
    return True


def _make_ready_on_macos() -> None:
    folders = [folder for folder in HOMEBREW_LIBRARIES if folder.is_dir()]
    # Python from elsewhere than Homebrew does not look there by itself.
    os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", ":".join(map(str, folders)))
    if any((folder / "libpango-1.0.dylib").exists() for folder in folders):
        return
    failing = "PDFs will not work until pango is installed: brew install pango"
    try:
        with step("libraries for PDFs"):
            run_quietly(["brew", "install", "pango"], failing=failing)
    except SetupProblem as problem:
        say(str(problem))
