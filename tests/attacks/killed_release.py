"""`caseapp …`, run here and killed as a power cut would do it, at the very step that is named.

`python -m tests.attacks.killed_release POINT -- export …`; POINT is one of
    said:WORDS           about to say words of its progress that this pattern finds
    attacker:WORDS       the attacker alone is killed, at these words
    sql:before:WORDS     about to send a statement that begins so
    sql:commit:WORDS     about to commit a transaction that sent one
    written:NUMBER       about to open the file of this number (from 1) of a release folder
    renamed:before       about to give the folder its name; renamed:after: when it has it
"""

import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import event
from sqlalchemy.engine import Engine

DRAFT = re.compile(r"/\.\d{4}-\d\d-[0-9a-f]{8}(/|$)")


def die() -> None:
    """Nothing of this process gets another turn."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_the_attacker() -> None:
    """Every process that this one has started."""
    for children in Path("/proc/self/task").glob("*/children"):
        for child in children.read_text().split():
            os.kill(int(child), signal.SIGKILL)


class Terminal:
    """Standard error as a terminal, to which every step is told as it goes on."""

    def __init__(self, real: TextIO, words: str, then: Callable[[], None]) -> None:
        self.real, self.words, self.then = real, re.compile(words), then

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.words.search(text):
            self.then()
        return self.real.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def listen(words: str, then: Callable[[], None]) -> None:
    sys.stderr = Terminal(sys.stderr, words, then)


def die_at_statement(when: str, words: str) -> None:
    sent = []

    @event.listens_for(Engine, "before_cursor_execute")
    def before(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(words):
            sent.append(statement)
            if when == "before":
                die()

    @event.listens_for(Engine, "commit")
    def commit(_connection: Any) -> None:
        if sent:
            die()


def die_at_file(number: int) -> None:
    opened: list[str] = []

    def watch(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "open" and arguments[1] == "w" and DRAFT.search(str(arguments[0])):
            opened.append(arguments[0])
            if len(opened) == number:
                die()

    sys.addaudithook(watch)


def die_at_rename(when: str) -> None:
    renamed: list[str] = []

    def watch(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "os.rename" and DRAFT.search(str(arguments[0])):
            renamed.append(arguments[0])
            if when == "before":
                die()
        elif name == "open" and renamed:  # the folder above it, to sync it
            die()

    sys.addaudithook(watch)


def set_trap(point: str) -> None:
    kind, _, rest = point.partition(":")
    when, _, words = rest.partition(":")
    traps: dict[str, Callable[[], None]] = {
        "said": lambda: listen(rest, die),
        "attacker": lambda: listen(rest, kill_the_attacker),
        "sql": lambda: die_at_statement(when, words),
        "written": lambda: die_at_file(int(rest)),
        "renamed": lambda: die_at_rename(rest),
    }
    traps[kind]()


def main() -> None:
    point, _, *words = sys.argv[1:]
    set_trap(point)
    from caseapp.cli import main as caseapp

    caseapp(words, prog_name="caseapp")


if __name__ == "__main__":
    main()
