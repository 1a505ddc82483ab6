"""A second table of a projection, in the schema `shadow` beside the live one, with the same columns, checks and indexes.

While it is there, a trigger on the live table notes whose rows are written. That needs no place in any log: a fact that
was handled has touched its row in the same transaction, and a note is seen when, and only when, that has committed. What
is deleted, as of somebody who goes, is deleted in the shadow at once, whether or not anybody goes on with it.
"""

from __future__ import annotations

from asyncpg import Connection

from philo_kernel.replay.projection import Projection

SCHEMA = """
create schema if not exists shadow;
create table if not exists shadow.rebuilding(
  projection text primary key,
  since text not null,
  log int not null default 0,
  after text not null default '',
  built boolean not null default false,
  stories bigint not null default 0,
  facts bigint not null default 0,
  begun_at timestamptz not null default now());
create table if not exists shadow.touched(
  id bigint generated always as identity primary key, projection text not null, key text not null);
create index if not exists touched_of on shadow.touched(projection, id);
"""
LIKE = """
create table shadow.{table} (like public.{table}
  including defaults including constraints including generated including identity including storage including comments)"""
TOUCH = """
create function shadow.touch_{table}() returns trigger language plpgsql as $$ begin
  if tg_op <> 'DELETE' then
    insert into shadow.touched(projection, key) values ('{table}', new.{story});
  end if;
  if tg_op = 'DELETE' or tg_op = 'UPDATE' and old.{story} is distinct from new.{story} then
    insert into shadow.touched(projection, key) values ('{table}', old.{story});
    delete from shadow.{table} where {story} = old.{story};
  end if;
  return null; end $$;
create trigger touch_shadow after insert or update or delete on public.{table}
  for each row execute function shadow.touch_{table}();
"""
UNTOUCH = """
drop trigger if exists touch_shadow on public.{table};
drop function if exists shadow.touch_{table}();
"""
KEYED = """
    select conname as name, pg_get_constraintdef(oid) as told from pg_constraint
    where conrelid = $1::regclass and contype in ('p', 'u', 'x') order by conname"""
INDEXES = """
    select pg_get_indexdef(indexrelid) as told from pg_index where indrelid = $1::regclass
      and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))"""
REFERENCES = """
    select string_agg(conname, ', ') from pg_constraint
    where contype = 'f' and (conrelid = $1::regclass or confrelid = $1::regclass)"""
ALONE = "select pg_try_advisory_lock(7003, hashtext($1))"
FOUND = "select since, log, after, built, stories, facts from shadow.rebuilding where projection = $1"
BEGUN = "insert into shadow.rebuilding(projection, since) values ($1, $2)"


class CannotRebuild(Exception):
    """Why this table cannot be rebuilt now, in words for who asked."""


async def prepare(own: Connection, projection: Projection, since: str) -> bool:
    """Make the second table, or find the one of an earlier run. True if it is new. Raises `CannotRebuild`."""
    if projection.fresh is None:
        raise CannotRebuild(f"{projection.table} holds more than facts tell, so it cannot be rebuilt from them.")
    if not await own.fetchval(ALONE, projection.table):
        raise CannotRebuild(f"Somebody is rebuilding {projection.table} at this moment.")
    await own.execute(SCHEMA)
    known = await own.fetchrow(FOUND, projection.table)
    if known is not None:
        if known["since"] != since:
            raise CannotRebuild(
                f"A rebuilding of {projection.table} from {known['since']} was begun and not ended. Go on with it by "
                f"--from {known['since']}, or give it up with --discard."
            )
        return False
    async with own.transaction():
        await furnish(own, projection)
        await own.execute(BEGUN, projection.table, since)
    return True


async def furnish(own: Connection, projection: Projection) -> None:
    """The table with everything that belongs to it under the names that it has, but for its triggers."""
    table, live = projection.table, f"public.{projection.table}"
    if names := await own.fetchval(REFERENCES, live):
        raise CannotRebuild(f"{table} cannot be swapped: other tables refer to it, or it to them ({names}).")
    await own.execute(LIKE.format(table=table))
    for row in await own.fetch(KEYED, live):
        await own.execute(f'alter table shadow.{table} add constraint "{row["name"]}" {row["told"]}')
    for row in await own.fetch(INDEXES, live):
        await own.execute(row["told"].replace(f" ON {live} ", f" ON shadow.{table} ", 1))
    await own.execute(TOUCH.format(table=table, story=projection.story))


async def discard(own: Connection, projection: Projection) -> None:
    """Give the rebuilding up: nothing of it stays, and the live table is what it was."""
    if not await own.fetchval(ALONE, projection.table):
        raise CannotRebuild(f"Somebody is rebuilding {projection.table} at this moment.")
    await own.execute(SCHEMA)
    async with own.transaction():
        await own.execute(UNTOUCH.format(table=projection.table))
        await own.execute(f"drop table if exists shadow.{projection.table}")
        await forget(own, projection)


async def forget(own: Connection, projection: Projection) -> None:
    await own.execute("delete from shadow.touched where projection = $1", projection.table)
    await own.execute("delete from shadow.rebuilding where projection = $1", projection.table)
