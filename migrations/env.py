"""Runs migrations on the app's own database, which only the app can open."""

from alembic import context

from caseapp.database import PlainBase, db


def run_migrations() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=PlainBase.metadata,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run on an open home only")
run_migrations()
