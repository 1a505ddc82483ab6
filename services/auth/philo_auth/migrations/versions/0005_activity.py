"""When an account last asked for a film."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("alter table account add column last_job_at timestamptz")
