"""The database: one Base, one session that knows the vault, one commit a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from caseapp.vault.embedded_engine import embedded_engine_options, install_embedded_rules
from caseapp.vault.owner_keys import metadata as vault_metadata
from caseapp.vault.unlocked import Vault
from config import Settings

EMBEDDED_FILE = "caseapp.db"


class PlainBase(DeclarativeBase):
    """A row with a key of its own kind: audit entries, browser sessions."""

    metadata = vault_metadata


class Base(PlainBase):
    """A row with an id made by us before it is stored, and a revision that edits must match."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-2)
    revision: Mapped[int] = mapped_column(default=1, sort_order=-1)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", uuid4())
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{name} is not a field of {type(self).__name__}")
            setattr(self, name, value)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.revision, "version_id_generator": False}


class VaultSession(FlaskSession):
    """A session whose sealed rows find the vault of the app that it belongs to."""

    def __init__(self, db: SQLAlchemy, **options: Any) -> None:
        super().__init__(db, **options)
        self.info["vault"] = current_app.extensions["vault"]
        self.info["audit_heads"] = current_app.extensions["audit_heads"]

    def get_bind(
        self, mapper: Any = None, clause: Any = None, bind: Any = None, **options: Any
    ) -> Any:
        """Flask-SQLAlchemy would pass by the connection that a snapshot was opened on."""
        return super().get_bind(mapper, clause, self.bind if bind is None else bind, **options)


db = SQLAlchemy(
    metadata=vault_metadata,
    session_options={"class_": VaultSession, "expire_on_commit": False},
)


def connect(app: Flask, settings: Settings, vault: Vault) -> None:
    """Give the app its database: the embedded, encrypted one, or PostgreSQL by its URL."""
    app.extensions["vault"] = vault
    options = engine_options(settings, vault)
    app.config["SQLALCHEMY_DATABASE_URI"] = options["url"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        install_rules(db.engine)


def engine_options(settings: Settings, vault: Vault) -> dict[str, Any]:
    """Options for create_engine; parameters never show in an error or a log."""
    if settings.database_url is None:
        options = embedded_engine_options(
            settings.home / EMBEDDED_FILE, vault.derive("embedded-database")
        )
    else:
        options = {"url": settings.database_url, "pool_pre_ping": True, "pool_size": 10}
    return {**options, "hide_parameters": True}


def install_rules(engine: Engine) -> None:
    """Make a commit mean that the row is on disk, on either kind of database."""
    if engine.dialect.name == "sqlite":
        install_embedded_rules(engine)
    else:
        event.listen(engine, "connect", _refuse_lazy_commits)


def _refuse_lazy_commits(connection: Any, _record: object) -> None:
    """synchronous_commit=off lost 114 acknowledged rows in a crash test: insist on it."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    connection.commit()


@contextmanager
def transaction() -> Iterator[None]:
    """For commands: commit at the end, or leave nothing behind."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def read_snapshot() -> Iterator[VaultSession]:
    """A session for a long read: it takes no write lock and sees one moment from start to end."""
    with db.engine.connect().execution_options(**_snapshot_options(db.engine)) as connection:
        session = VaultSession(db, bind=connection, expire_on_commit=False)
        try:
            yield session
        finally:
            session.rollback()
            session.close()


def _snapshot_options(engine: Engine) -> dict[str, Any]:
    """PostgreSQL would else show each statement what was committed a moment ago."""
    if engine.dialect.name == "postgresql":
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {"read_snapshot": True}
