"""Migrations make exactly the schema that the models describe, up and down, with data in it."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from caseapp.database import PlainBase, db
from caseapp.schema import FOLDER, insist_on_newest
from caseapp.vault.sealed_columns import SealedBytes
from config import SettingsError
from tests.cast import Cast


def same_type(
    _context: object, _inspected: object, _metadata: object, _is: object, model: object
) -> bool | None:
    """Sealed bytes are plain bytes to the database."""
    return False if isinstance(model, SealedBytes) else None


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": same_type})
        return list(compare_metadata(context, PlainBase.metadata))


def test_the_migrations_make_what_the_models_describe(each_engine: tuple[Flask, Cast]) -> None:
    with each_engine[0].app_context():
        assert differences() == []


def test_every_migration_can_be_undone_and_done_again_with_data(
    each_engine: tuple[Flask, Cast],
) -> None:
    with each_engine[0].app_context():
        downgrade(directory=str(FOLDER), revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade(directory=str(FOLDER))
        assert differences() == []
        insist_on_newest()


def test_a_home_of_another_version_is_not_served(app: Flask) -> None:
    with app.app_context():
        downgrade(directory=str(FOLDER), revision="base")
        with pytest.raises(SettingsError, match="caseapp upgrade"):
            insist_on_newest()
