"""Idempotency keys with their first answers."""

from alembic import op

from philo_kernel.http.first_answers import create_idempotency_table

revision = "gateway_0007"
down_revision = "gateway_0003"


def upgrade() -> None:
    create_idempotency_table(op)
