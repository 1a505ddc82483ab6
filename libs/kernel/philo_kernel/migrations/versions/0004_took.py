"""When work was ordered and begun stands with the fact that came of it."""

from alembic import op

from philo_kernel.tables import TOOK, script

revision = "kernel_0004"
down_revision = "kernel_0003"


def upgrade() -> None:
    script(op, TOOK)
