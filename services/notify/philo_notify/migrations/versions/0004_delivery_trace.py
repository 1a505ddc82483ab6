"""In which trace a delivery belongs: the one of its job."""

from alembic import op

revision = "notify_0004"
down_revision = "notify_0003"


def upgrade() -> None:
    op.execute("alter table delivery add column traceparent text")
