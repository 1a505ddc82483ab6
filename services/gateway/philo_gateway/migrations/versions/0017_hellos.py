"""Hellos, and who has answered."""

from alembic import op

from philo_kernel.tables import script

revision = "gateway_0017"
down_revision = "gateway_0016"

HELLO = """
create table hello(
  id uuid primary key,
  user_id text not null,
  name text not null,
  said_at timestamptz not null default now(),
  answers jsonb not null default '{}');
create index hello_said on hello(said_at);
create index hello_of_user on hello(user_id);
"""


def upgrade() -> None:
    script(op, HELLO)
