"""Runs migrations on the app's own database, which only the app can open."""

from typing import Any, Literal

from alembic import context

from caseapp.database import PlainBase, db
from caseapp.vault.sealed_columns import SealedBytes


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration names plain types alone, so that it stays true when our own ones move."""
    return "sa.LargeBinary()" if kind == "type" and isinstance(item, SealedBytes) else False


def run_migrations() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=PlainBase.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run on an open home only")
run_migrations()
