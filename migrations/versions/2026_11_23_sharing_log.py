"""sharing log"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sharing_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("for_senior", sa.Boolean(), nullable=False),
        sa.Column("sealed_head", sa.LargeBinary(), nullable=False),
        sa.Column("row_seal", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_sharing_entries_author_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_sharing_entries_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["sharing_entries.id"],
            name=op.f("fk_sharing_entries_corrects_id_sharing_entries"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_entries")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_sharing_entries_corrects_id")),
    )
    with op.batch_alter_table("sharing_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sharing_entries_case_id"), ["case_id"], unique=False)

    op.create_table(
        "sharing_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed_head", sa.LargeBinary(), nullable=False),
        sa.Column("row_seal", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_sharing_steps_author_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_sharing_steps_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["sharing_entries.id"],
            name=op.f("fk_sharing_steps_entry_id_sharing_entries"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_steps")),
        sa.UniqueConstraint("entry_id", "kind", name=op.f("uq_sharing_steps_entry_id_kind")),
    )
    with op.batch_alter_table("sharing_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sharing_steps_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sharing_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sharing_steps_case_id"))

    op.drop_table("sharing_steps")
    with op.batch_alter_table("sharing_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sharing_entries_case_id"))

    op.drop_table("sharing_entries")
