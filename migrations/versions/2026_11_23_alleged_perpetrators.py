"""alleged perpetrators"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sealed("alleged_perpetrators", ("case_id", "cases"), ("author_id", "users"))
    op.create_table(
        "perpetrator_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("perpetrator_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("token", sa.LargeBinary(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["perpetrator_id"],
            ["alleged_perpetrators.id"],
            name=op.f("fk_perpetrator_tokens_perpetrator_id_alleged_perpetrators"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_perpetrator_tokens")),
    )
    _index("perpetrator_tokens", "perpetrator_id", "token")
    _sealed(
        "programme_referrals",
        ("case_id", "cases"),
        ("perpetrator_id", "alleged_perpetrators"),
        ("author_id", "users"),
    )
    _index("programme_referrals", "perpetrator_id")
    _sealed(
        "conflict_checks",
        ("case_id", "cases"),
        ("subject_id", None),
        ("author_id", "users"),
    )


def downgrade() -> None:
    op.drop_table("conflict_checks")
    op.drop_table("programme_referrals")
    op.drop_table("perpetrator_tokens")
    op.drop_table("alleged_perpetrators")


def _sealed(table: str, *links: tuple[str, str | None]) -> None:
    """A table of rows that are sealed under the key of their case."""
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Uuid(), nullable=False) for column, _ in links),
        sa.Column("sealed_head", sa.LargeBinary(), nullable=False),
        sa.Column("row_seal", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
            )
            for column, target in links
            if target
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    _index(table, "case_id")


def _index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
