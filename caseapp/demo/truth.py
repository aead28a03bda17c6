"""The truth file: what was invented, in plaintext, outside the home, for its owner's eyes alone."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from caseapp.demo.house_told import ActionOfPlanTold, AnswersTold, FigureTold
from caseapp.demo.lives import CaseTold, IncomingTold, ServiceTold, WorkerTold
from config import SettingsError

FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW

OfTheHouse = AnswersTold | FigureTold | ActionOfPlanTold
Told = Iterable[WorkerTold | CaseTold | ServiceTold | IncomingTold | OfTheHouse]
Write = Callable[[Told], None]


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


@contextmanager
def truth_file(home: Path, path: Path | None) -> Iterator[Write]:
    """Gives a function that writes one JSON object a line; without a path it writes nothing.

    Raises SettingsError like refuse_truth_inside, or for a full disk.
    """
    refuse_truth_inside(home, path)
    if path is None:
        yield _write_nothing
        return
    with _in_plain_words():
        file = os.fdopen(os.open(path.resolve(), FLAGS, 0o600), "wb")
        os.fchmod(file.fileno(), 0o600)  # also where the file was there before

    def write(told: Told) -> None:
        with _in_plain_words():
            file.writelines(msgspec.json.encode(one) + b"\n" for one in told)
            file.flush()

    with file:
        yield write


def _write_nothing(_told: Told) -> None:
    pass


@contextmanager
def _in_plain_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SettingsError(f"The truth file cannot be written: {error.strerror}") from None
