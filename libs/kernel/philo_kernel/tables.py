"""What every service's database holds besides its own tables. SQL in one place, and it defends the rules itself."""

from __future__ import annotations

from typing import Any, Protocol

from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from sqlalchemy import Connection


class Migration(Protocol):
    """The part of alembic's `op` that is used here."""

    def get_bind(self) -> Connection: ...


def script(op: Migration, statements: str) -> None:
    """Run several statements at once, which a prepared statement cannot. Functions with bodies need no splitting then."""
    adapted: Any = op.get_bind().connection.dbapi_connection
    adapted.run_async(lambda connection: connection.execute(statements))


FACTS = """
create table event(
  position bigint generated always as identity primary key,
  id uuid not null unique,
  stream text not null,
  version int not null check (version > 0),
  type text not null,
  key text not null,
  envelope text not null,
  traceparent text,
  at timestamptz not null default now(),
  unique (stream, version));
create index event_key on event(key, position);

create function refuse_change() returns trigger language plpgsql as
  $$ begin raise exception 'facts are append-only'; end $$;
create trigger facts_are_final before update or delete or truncate on event
  for each statement execute function refuse_change();
"""

# No writer can forget the outbox: the statement that appends facts fills it. Positions wait here until published; they
# are never a cursor, because a late commit would be skipped.
OUTBOX = """
create table outbox(position bigint primary key)
  with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

create function announce() returns trigger language plpgsql as $$ begin
  insert into outbox select position from fresh;
  perform pg_notify('outbox', '');
  return null; end $$;
create trigger announce after insert on event
  referencing new table as fresh for each statement execute function announce();
"""

INBOX = """
create table inbox(
  handler text not null,
  event uuid not null,
  at timestamptz not null default now(),
  primary key (handler, event));
create index inbox_at on inbox using brin(at);
"""

# A parked event or task: everything that is needed to look at it and to do it again.
DEAD_LETTERS = """
create table dead_letter(
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('event', 'task')),
  handler text not null,
  type text,
  event uuid,
  stream text,
  topic text,
  part int,
  log_offset bigint,
  key bytea,
  value bytea not null,
  headers jsonb not null default '{}',
  error text not null,
  details text not null default '',
  attempts int not null,
  traceparent text,
  at timestamptz not null default now(),
  redrive boolean not null default false,
  unique (handler, topic, part, log_offset));
create index dead_letter_stream on dead_letter(handler, stream);
"""

CANCELLED = """
create table cancelled(job text primary key, at timestamptz not null default now());
"""

QUEUE = (
    QueryBuilderEnvironment().build_install_query(),
    "create index pgqueuer_job on pgqueuer((headers->>'job'))",
)

# What a service has to know of the lives of jobs (`lives.py`), and the orders of those that failed, as they were.
LIVES = """
create table job_life(
  job text primary key,
  attempt int not null default 1,
  over int not null default 0,
  max_retries int,
  retry_delay double precision,
  at timestamptz not null default now());
insert into job_life(job, over, at) select job, 2147483647, at from cancelled;
drop table cancelled;

create table laid_aside(
  id bigint generated always as identity primary key,
  job text not null,
  entrypoint text not null,
  payload bytea,
  headers jsonb not null,
  at timestamptz not null default now());
create index laid_aside_job on laid_aside(job);

create index pgqueuer_turn on pgqueuer((headers->>'tenant'), ((headers->>'due')::bigint)) where status = 'queued';
"""

# What a fact took that came of a task: when that was ordered and last begun, and how many tries it was. Empty for others.
TOOK = """
alter table event add column ordered_at timestamptz, add column begun_at timestamptz, add column attempts int;
"""


def create_kernel_tables(op: Migration) -> None:
    """First migration of every service: facts, outbox, inbox, dead letters, cancellations, task queue."""
    for statements in (FACTS, OUTBOX, INBOX, DEAD_LETTERS, CANCELLED, *QUEUE):
        script(op, statements)
