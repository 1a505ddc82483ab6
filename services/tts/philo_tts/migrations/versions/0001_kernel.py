"""The kernel's tables."""

from alembic import op

from philo_kernel.tables import create_kernel_tables

revision = "tts_0001"
down_revision = None


def upgrade() -> None:
    create_kernel_tables(op)
