"""A server of which every file that it opens is seen: in the web process and in each worker."""

import os
import re
import signal
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple
from urllib.parse import urlencode

from config import Settings
from tests.attacks.byte_search import ByteSearch
from tests.serving import Server, start_server

PDF = "endstream"  # every PDF has it, and its text is packed
UNPACKED_FONT = re.compile(r".*/caseapp-fonts-[^/]+/weasyprint-[^/]+(/[^/]+)?")
FORM = "application/x-www-form-urlencoded"
# Python reads this file at the start of every process, also of the one that forks the workers.
# Each way to a file that Python knows ends in one of these events; files that C libraries open
# are seen by looking into the folders that they could write to, and at what is open.
SITE = """
import os, sys
LOG = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.rename", "os.link", "os.symlink", "os.truncate", "tempfile.mkstemp", "os.mkdir",
           "tempfile.mkdtemp", "subprocess.Popen", "socket.bind"}

def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if (flags or 0) & WRITING or set(mode or "") & set("wax+"):
            note(event, path)
    elif event in CHANGES:
        note(event, arguments[0])

def note(event, what):
    os.write(LOG, f"{os.getpid()} {event} {what}\\n".encode("utf-8", "replace"))

sys.addaudithook(watch)

def leak(connection, answer):
    import tempfile, time
    kind = {"named": tempfile.NamedTemporaryFile, "nameless": tempfile.TemporaryFile}
    if isinstance(answer, bytes):
        with kind[os.environ["WATCH_LEAK"]]() as file:
            file.write(answer)
            file.flush()
            time.sleep(0.5)
    send(connection, answer)

if "WATCH_LEAK" in os.environ:
    from multiprocessing.connection import Connection
    send, Connection.send = Connection.send, leak
"""


class Answer(NamedTuple):
    status: int
    body: bytes


class Watched:
    """A served home, and what was found of some words wherever a file could hold them."""

    def __init__(self, settings: Settings, folder: Path, *, leak: str = "") -> None:
        self.home, self.folder = settings.home, folder
        self.log = folder / "opened.log"
        for name in ("site", "tmp", "user"):
            (folder / name).mkdir(parents=True)
        (folder / "site" / "sitecustomize.py").write_text(SITE)
        more = {
            "PYTHONPATH": str(folder / "site"),
            "WATCH_LOG": str(self.log),
            "TMPDIR": str(folder / "tmp"),
            "HOME": str(folder / "user"),
            "XDG_CACHE_HOME": str(folder / "user" / "cache"),
            **({"WATCH_LEAK": leak} if leak else {}),
        }
        self.server: Server = start_server(settings, more=more)

    def ask(self, path: str, cookie: str, **answers: str) -> Answer:
        """A POST where there are answers, else a GET."""
        wire = HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        headers = {"Cookie": f"caseapp={cookie}", "Content-Type": FORM}
        with closing(wire):
            wire.request("POST" if answers else "GET", path, urlencode(answers), headers)
            answer = wire.getresponse()
            return Answer(answer.status, answer.read())

    @contextmanager
    def looking_for(self, *words: str) -> Iterator[list[str]]:
        """What was opened or held meanwhile that could have held the words: the list is filled
        while the work goes on, and at its end."""
        found: list[str] = []
        search, stop, start = ByteSearch([*words, PDF]), Event(), self.log.stat().st_size
        thread = Thread(target=self._look, args=(search, stop, found))
        thread.start()
        try:
            yield found
        finally:
            stop.set()
            thread.join()
            found += [line for line in self._opened_since(start) if not self._is_expected(line)]
            found += search.found_under(self.folder)
            found += search.found_under(self.home)
            log = self.home.parent / "server.log"
            found += [str(log)] if search.found_in(log.read_bytes()) else []

    def workers(self) -> list[int]:
        """The processes that draw documents: those that the fork server made."""
        own = dict(_processes_of(self.server.process.pid))
        servers = {pid for pid, parent in own.items() if b"forkserver" in _command(pid)}
        return [pid for pid, parent in own.items() if parent in servers]

    def kill_workers(self) -> None:
        for pid in self.workers():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        self.server.kill()

    def _look(self, search: ByteSearch, stop: Event, found: list[str]) -> None:
        while not stop.is_set():
            for pid, _ in _processes_of(self.server.process.pid):
                found += [name for name, held in _open_files(pid) if search.found_in(held)]
            with suppress(OSError):  # a file that went while it was looked at
                found += search.found_under(self.folder)
            stop.wait(0.01)

    def _opened_since(self, start: int) -> list[str]:
        return self.log.read_bytes()[start:].decode().splitlines()

    def _is_expected(self, line: str) -> bool:
        """What the home itself is written to, such as the heads of the audit, and the fonts that a
        new worker unpacks: whether they hold a word is searched apart. A number is a file or pipe
        that was open already."""
        _, _, what = line.split(" ", 2)
        is_of_the_home = Path(what).is_relative_to(self.home)
        return is_of_the_home or what.isdigit() or bool(UNPACKED_FONT.fullmatch(what))


def _processes_of(leader: int) -> Iterator[tuple[int, int]]:
    """(process, its parent) of everything that was started with a server."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                told = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(told[3]) == leader:  # its session
                    yield int(entry.name), int(told[1])


def _command(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _open_files(pid: int) -> Iterator[tuple[str, bytes]]:
    """Every regular file that a process holds open, also one that has no name any more."""
    with suppress(OSError):
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                if stat.S_ISREG(entry.stat().st_mode) and not _is_in_memory(entry):
                    yield f"open: {entry.readlink()}", entry.read_bytes()


def _is_in_memory(entry: Path) -> bool:
    return str(entry.readlink()).startswith("/memfd:")
