"""Jobs as they are, and the feed of each user."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from philo_kernel.known_keys import create_api_key_table
from philo_kernel.tables import create_kernel_tables

revision = "notify_0001"
down_revision = None


def upgrade() -> None:
    create_kernel_tables(op)
    create_api_key_table(op)
    op.create_table(
        "job_view",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("project_id", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", JSONB, nullable=False),
    )
    op.create_table(
        "reader",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "feed",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("job", sa.Text, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("feed_of_job", "feed", ["job", "id"])
