"""Subscribers, seconds of film, sessions, and who may sign requests."""

from alembic import op

from philo_kernel.tables import script

revision = "gateway_0004"
down_revision = "gateway_0007"

SUBSCRIBERS = """
create table subscriber(
  user_id text primary key,
  tier text not null default 'free' check (tier in ('free', 'vip', 'studio')),
  starts_at timestamptz,
  ends_at timestamptz,
  version int not null default 0);
"""

# Seconds count in the month in which they were asked for: first as promised, then as the film turned out.
FILM_SECONDS = """
create table film_seconds(
  job text primary key,
  user_id text not null,
  month date not null,
  promised double precision not null check (promised >= 0),
  seconds double precision not null check (seconds >= 0));
create index film_seconds_of_user on film_seconds(user_id, month);
create index job_open on job(user_id) where status in ('pending', 'queued', 'moderating', 'processing');
"""

# A signature is good once. A row is needed for as long as its timestamp would be taken.
SIGNATURES = """
create table signing_secret(
  id text primary key,
  user_id text not null,
  sealed text not null default '',
  revoked boolean not null default false);
create table signed_request(
  key_id text not null,
  digest text not null,
  at timestamptz not null default now(),
  primary key (key_id, digest));
create index signed_request_at on signed_request(at);
"""

SESSIONS = """
create table session(
  user_id text not null,
  id text not null,
  project_id text,
  created_at timestamptz not null default now(),
  primary key (user_id, id));
create index job_of_session on job(user_id, (state->>'session_id'), id) where state->>'session_id' is not null;
"""


def upgrade() -> None:
    for statements in (SUBSCRIBERS, FILM_SECONDS, SIGNATURES, SESSIONS):
        script(op, statements)
