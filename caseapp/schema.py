"""The shape of the database: made and changed by migrations alone, and checked at each start."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, upgrade

from caseapp.database import db
from config import PROJECT, SettingsError

FOLDER = PROJECT / "migrations"


def install_migrations(app: Flask) -> None:
    Migrate(app, db, directory=str(FOLDER))


def bring_up_to_date() -> None:
    """Run every migration that this database has not had; each is one transaction."""
    upgrade(directory=str(FOLDER))


def insist_on_newest() -> None:
    """Raises SettingsError where the program and the database do not fit."""
    newest = ScriptDirectory(str(FOLDER)).get_current_head()
    with db.engine.connect().execution_options(read_snapshot=True) as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present != newest:
        raise SettingsError("This home was made by another version: run caseapp upgrade first")
