"""Webhooks, what is to be delivered to them, and how each attempt ended."""

from alembic import op

from philo_kernel.http.first_answers import create_idempotency_table
from philo_kernel.tables import script

revision = "notify_0003"
down_revision = "notify_0002"

WEBHOOK = """
create table webhook(
  id uuid primary key,
  user_id text not null,
  url text not null,
  description text not null,
  events text[] not null,
  secret text not null,
  old_secret text,
  old_until timestamptz,
  created_at timestamptz not null default now(),
  paused_at timestamptz,
  paused_why text,
  due timestamptz,
  lease uuid,
  leased_until timestamptz,
  check ((paused_at is null) = (paused_why is null)));
create index webhook_of_user on webhook(user_id, created_at desc, id desc);
"""
# `place` is taken in the order of commits: whoever notes a delivery holds the row of its user's feed.
DELIVERY = """
create table delivery(
  id uuid primary key,
  webhook_id uuid not null references webhook(id) on delete cascade,
  place bigint generated always as identity,
  event text not null,
  job text,
  body text not null,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  attempts int not null default 0,
  before int not null default 0,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  check ((state = 'waiting') = (settled_at is null)));
create index delivery_waiting on delivery(webhook_id, place) where state = 'waiting';
create index delivery_log on delivery(webhook_id, place desc);
create index delivery_at on delivery(created_at);

create table delivery_attempt(
  delivery_id uuid not null references delivery(id) on delete cascade,
  number int not null,
  at timestamptz not null default now(),
  status int,
  milliseconds int not null,
  answer text not null,
  error text,
  primary key (delivery_id, number));
"""


def upgrade() -> None:
    for statements in (WEBHOOK, DELIVERY):
        script(op, statements)
    create_idempotency_table(op)
