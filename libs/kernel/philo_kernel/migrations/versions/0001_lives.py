"""Which attempt of a job is on, on which terms it is retried, and what was laid aside when it failed."""

from alembic import op

from philo_kernel.tables import LIVES, script

revision = "kernel_0001"
down_revision = None


def upgrade() -> None:
    script(op, LIVES)
