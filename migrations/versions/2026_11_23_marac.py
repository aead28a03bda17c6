"""referrals to the MARAC and the actions of its meetings"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "marac_referrals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_head", sa.LargeBinary(), nullable=False),
        sa.Column("row_seal", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_marac_referrals_author_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_marac_referrals_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marac_referrals")),
    )
    with op.batch_alter_table("marac_referrals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marac_referrals_case_id"), ["case_id"], unique=False)
    op.create_table(
        "marac_actions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("sealed_head", sa.LargeBinary(), nullable=False),
        sa.Column("row_seal", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_marac_actions_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_marac_actions_owner_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["marac_referrals.id"],
            name=op.f("fk_marac_actions_referral_id_marac_referrals"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marac_actions")),
    )
    with op.batch_alter_table("marac_actions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_marac_actions_referral_id"), ["referral_id"], unique=False
        )
        batch_op.create_index("ix_marac_actions_case_status", ["case_id", "status"], unique=False)


def downgrade() -> None:
    op.drop_table("marac_actions")
    op.drop_table("marac_referrals")
