"""A real server in a process of its own, that tests may talk to, and kill."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import PROJECT, Settings

PATIENCE_SECONDS = 60


@dataclass
class Server:
    """`caseapp serve` on a port of its own."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it as a power cut would: nothing of it gets another turn."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_server(
    settings: Settings,
    port: int | None = None,
    *,
    more: Mapping[str, str] | None = None,
    project: Path = PROJECT,
) -> Server:
    """Start and wait until it listens, on a port of its own unless it comes back to an old one;
    its words go to a file beside the home. `more`: variables of its environment; `project`: another
    copy of the program."""
    port = port or free_port()
    with open(settings.home.parent / "server.log", "ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "caseapp.cli", "serve", "--port", str(port)],
            cwd=project,
            env={**environment_of(settings), **(more or {})},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    server = Server(process, port)
    _wait_until_it_listens(server)
    return server


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables by which a command finds this home."""
    environment = {name: value for name, value in os.environ.items() if "CASEAPP" not in name}
    environment["CASEAPP_HOME"] = str(settings.home)
    if settings.unlock_key_file:
        environment["CASEAPP_UNLOCK_KEY_FILE"] = str(settings.unlock_key_file)
    if settings.database_url:
        environment["CASEAPP_DATABASE_URL"] = settings.database_url
    return environment


@contextmanager
def running_server(settings: Settings) -> Iterator[Server]:
    server = start_server(settings)
    try:
        yield server
    finally:
        server.kill()


def _wait_until_it_listens(server: Server) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended by itself: {server.process.returncode}")
        with socket.socket() as probe:
            probe.settimeout(0.05)
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
    raise RuntimeError("the server does not listen")
