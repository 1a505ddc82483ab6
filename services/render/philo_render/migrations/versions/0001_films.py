"""The kernel's tables, and films."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from philo_kernel.tables import create_kernel_tables

revision = "render_0001"
down_revision = None


def upgrade() -> None:
    create_kernel_tables(op)
    op.create_table(
        "film",
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("state", JSONB, nullable=False),
    )
