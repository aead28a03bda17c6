"""whether a person was asked for their voice"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_offers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_head", sa.LargeBinary(), nullable=False),
        sa.Column("row_seal", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_survey_offers_author_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_survey_offers_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_offers")),
    )
    with op.batch_alter_table("survey_offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_offers_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("survey_offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_offers_case_id"))

    op.drop_table("survey_offers")
