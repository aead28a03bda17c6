"""outcome measures and closure requests"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, columns in (
        ("outcome_measures", []),
        ("closure_requests", [sa.Column("status", sa.String(length=20), nullable=False)]),
    ):
        op.create_table(
            table,
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column("revision", sa.Integer(), nullable=False),
            sa.Column("case_id", sa.Uuid(), nullable=False),
            sa.Column("author_id", sa.Uuid(), nullable=False),
            *columns,
            sa.Column("sealed_head", sa.LargeBinary(), nullable=False),
            sa.Column("row_seal", sa.LargeBinary(), nullable=False),
            sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
            sa.ForeignKeyConstraint(
                ["author_id"], ["users.id"], name=op.f(f"fk_{table}_author_id_users")
            ),
            sa.ForeignKeyConstraint(
                ["case_id"], ["cases.id"], name=op.f(f"fk_{table}_case_id_cases")
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_table("closure_requests")
    op.drop_table("outcome_measures")
