"""directory"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "services",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("folded_name", sa.String(length=500), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("sexes", sa.String(length=10), nullable=False),
        sa.Column("eligibility", sa.Text(), nullable=False),
        sa.Column("takes_from_outside", sa.Boolean(), nullable=True),
        sa.Column("waiting_time", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("last_checked_on", sa.Date(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
    )
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.create_index("ix_services_is_open_name", ["is_open", "folded_name"], unique=False)
    op.create_table(
        "service_tags",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_tags_service_id_services")
        ),
        sa.PrimaryKeyConstraint("service_id", "kind", "code", name=op.f("pk_service_tags")),
    )
    with op.batch_alter_table("service_tags", schema=None) as batch_op:
        batch_op.create_index("ix_service_tags_kind_code", ["kind", "code", "label"], unique=False)
    op.create_table(
        "directory_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sa.Column("seen", sa.LargeBinary(length=32), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_directory_imports_asked_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_imports")),
    )


def downgrade() -> None:
    op.drop_table("directory_imports")
    op.drop_table("service_tags")
    op.drop_table("services")
