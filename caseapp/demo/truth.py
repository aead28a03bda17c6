"""The truth file: what was invented, in plaintext, outside the home, for its owner's eyes alone."""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from caseapp.demo.lives import CaseTold, WorkerTold
from config import SettingsError


def refuse_truth_inside(home: Path, path: Path | None) -> None:
    """Raises SettingsError where plaintext would lie inside the home, or cannot be written."""
    if path is None:
        return
    real = path.resolve()  # through every link
    if real.is_relative_to(home.resolve()):
        raise SettingsError(
            "The truth file holds plaintext: choose a place for it outside the home"
        )
    if real.is_dir() or not real.parent.is_dir():
        raise SettingsError("The truth file cannot be written: there is no such folder")


def write_truth(path: Path, home: Path, told: Iterable[WorkerTold | CaseTold]) -> None:
    """One JSON object a line. Raises SettingsError like refuse_truth_inside, or for a full disk."""
    refuse_truth_inside(home, path)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        descriptor = os.open(path.resolve(), flags, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, 0o600)  # also where the file was there before
            for one in told:
                file.write(msgspec.json.encode(one) + b"\n")
    except OSError as error:
        raise SettingsError(f"The truth file cannot be written: {error.strerror}") from None
