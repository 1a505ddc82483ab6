"""Jobs and projects."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from philo_kernel.known_keys import create_api_key_table
from philo_kernel.tables import create_kernel_tables

revision = "gateway_0001"
down_revision = None


def upgrade() -> None:
    create_kernel_tables(op)
    create_api_key_table(op)
    op.create_table(
        "job",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("project_id", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", JSONB, nullable=False),
        sa.Column("early", JSONB, nullable=False),
        sa.CheckConstraint(
            "status in ('pending', 'queued', 'moderating', 'processing', 'completed', 'moderation_failed', 'failed', "
            "'cancelled')",
            name="job_status",
        ),
    )
    op.create_index("job_of_user", "job", ["user_id", "id"])
    op.create_index("job_of_project", "job", ["project_id", "id"])
    op.create_table(
        "project",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("project_of_user", "project", ["user_id", "id"])
