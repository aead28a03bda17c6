"""What the vault's tests share: a vault of their own, and stores that hold sealed rows."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from caseapp.vault.embedded_engine import embedded_engine_options, install_embedded_rules
from caseapp.vault.keyring import Vault
from tests.unit.vault.sealed_notes import make_tables, new_engine, new_session, new_vault
from tests.unit.vault.store_worker import open_store


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return new_vault(tmp_path)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A plain SQLite file: what the seals promise must not lean on the encrypted engine."""
    engine = new_engine(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine, vault: Vault) -> Iterator[Session]:
    with new_session(engine, vault) as session:
        yield session


@pytest.fixture
def embedded_engine(tmp_path: Path) -> Iterator[Engine]:
    options = embedded_engine_options(tmp_path / "embedded.db", secrets.token_bytes(32))
    engine = create_engine(**options)
    install_embedded_rules(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    """An embedded store that counts, and stands at nought."""
    engine = open_store(tmp_path)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (number INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    yield engine
    engine.dispose()


@pytest.fixture(params=["plain SQLite", "embedded", "PostgreSQL"])
def each_store(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The same sealed tables on each kind of database that they must work on."""
    if request.param == "PostgreSQL":
        engine = create_engine(request.getfixturevalue("postgres_url"), hide_parameters=True)
    else:
        name = "engine" if request.param == "plain SQLite" else "embedded_engine"
        engine = request.getfixturevalue(name)
    make_tables(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def each_session(each_store: Engine, vault: Vault) -> Iterator[Session]:
    with new_session(each_store, vault) as session:
        yield session
