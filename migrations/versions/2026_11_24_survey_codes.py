"""one-use codes, and answers that wait"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_codes",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires", sa.String(length=10), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_survey_codes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_waiting",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_survey_waiting")),
    )


def downgrade() -> None:
    op.drop_table("survey_waiting")
    op.drop_table("survey_codes")
