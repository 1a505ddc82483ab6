"""Lighter messages, a bound to what is kept, tickets, and the book of the queue."""

from alembic import op

from philo_kernel.tables import script

revision = "notify_0002"
down_revision = "notify_0001"

# Until now every message had all words of its job.
FEED = """
alter table feed add column whole boolean not null default true;
alter table feed alter column whole drop default;
create index feed_progress on feed(at) where event = 'job.progress' and not whole;
create index feed_at on feed(at);
create index feed_whole on feed(job, id) where whole;
create table feed_floor(user_id text, job text, id bigint not null, primary key (user_id, job));
alter table job_view add column updated timestamptz;
update job_view set updated = coalesce((state->>'updated_at')::timestamptz, now());
alter table job_view alter column updated set not null;
create index job_view_newest on job_view(user_id, updated desc);
"""
TICKETS = "create table ticket(digest text primary key, user_id text not null, expires_at timestamptz not null);"
QUEUE = """
create table queue_job(
  job text primary key,
  user_id text not null,
  kind text not null,
  resolution text not null,
  length int not null,
  due timestamptz not null,
  begun timestamptz not null,
  ended timestamptz,
  done jsonb not null,
  promised double precision,
  promised_at timestamptz,
  work jsonb);
create index queue_job_open on queue_job(due) where ended is null;
create index queue_job_ended on queue_job(ended, begun);
create index queue_job_past on queue_job(kind, resolution, ended desc) where work is not null;
"""


def upgrade() -> None:
    for statements in (FEED, TICKETS, QUEUE):
        script(op, statements)
