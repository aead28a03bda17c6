"""today"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_filters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_head", sa.LargeBinary(), nullable=False),
        sa.Column("row_seal", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_kept_filters_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_filters")),
    )
    with op.batch_alter_table("kept_filters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_filters_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("kept_filters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_filters_user_id"))

    op.drop_table("kept_filters")
