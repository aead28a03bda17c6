"""what calls for a review of a safety plan"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_review_calls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_head", sa.LargeBinary(), nullable=False),
        sa.Column("row_seal", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_plan_review_calls_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_review_calls")),
    )
    with op.batch_alter_table("plan_review_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_review_calls_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("plan_review_calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_review_calls_case_id"))

    op.drop_table("plan_review_calls")
