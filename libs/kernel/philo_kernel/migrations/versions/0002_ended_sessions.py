"""Who logged out everywhere."""

from alembic import op

from philo_kernel.known_sessions import ENDED_SESSIONS
from philo_kernel.tables import script

revision = "kernel_0002"
down_revision = "kernel_0001"


def upgrade() -> None:
    script(op, ENDED_SESSIONS)
