"""households"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SEALED = ("sealed_head", "row_seal")


def make(table: str, ids: dict[str, str], *plain: sa.Column, body: bool) -> None:
    """A sealed table whose `ids` name rows of other tables, each with an index."""
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ids),
        *plain,
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in SEALED),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=not body),
        *(
            sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"))
            for name, to in ids.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in ids:
            batch_op.create_index(batch_op.f(f"ix_{table}_{name}"), [name], unique=False)


def upgrade() -> None:
    make("children", {"person_id": "people"}, body=True)
    make("relationships", {"person_id": "people", "other_id": "people"}, body=False)
    make("case_links", {"case_id": "cases", "other_id": "cases"}, body=False)
    make(
        "person_merges",
        {"person_id": "people", "other_id": "people", "team_id": "teams"},
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        body=True,
    )


def downgrade() -> None:
    for table in ("person_merges", "case_links", "relationships", "children"):
        op.drop_table(table)
