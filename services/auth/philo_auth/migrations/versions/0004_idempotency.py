"""Idempotency keys with their first answers."""

from alembic import op

from philo_kernel.http.first_answers import create_idempotency_table

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    create_idempotency_table(op)
