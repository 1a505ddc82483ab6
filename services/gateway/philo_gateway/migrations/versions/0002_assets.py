"""Uploaded pictures and footage."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "gateway_0002"
down_revision = "gateway_0001"


def upgrade() -> None:
    op.create_table(
        "asset",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("project_id", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("filename", sa.Text, nullable=False),
        sa.Column("original_filename", sa.Text, nullable=False),
        sa.Column("file", JSONB, nullable=False),
        sa.Column("shown", JSONB),
        sa.Column("fault", JSONB),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("duration", sa.Float),
        sa.Column("fps", sa.Float),
        sa.Column("codec", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('picture', 'footage')", name="asset_kind"),
        sa.CheckConstraint(
            "status = 'processing' or status = 'ready' and shown is not null or status = 'failed' and fault is not null",
            name="asset_status",
        ),
    )
    op.create_index("asset_of_user", "asset", ["user_id", "id"])
    op.create_index("asset_of_project", "asset", ["project_id", "id"])
