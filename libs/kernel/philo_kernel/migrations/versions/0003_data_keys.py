"""Facts are sealed with a key of their tenant."""

from alembic import op

from philo_kernel.data_keys import SEALED
from philo_kernel.tables import script

revision = "kernel_0003"
down_revision = "kernel_0002"


def upgrade() -> None:
    script(op, SEALED)
