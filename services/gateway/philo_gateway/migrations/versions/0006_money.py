"""Money: a double-entry ledger, calls to those who work for money, and budgets."""

from alembic import op

from philo_kernel.tables import script

revision = "gateway_0006"
down_revision = "gateway_0004"

BUDGETS = """
create table budget(
  user_id text primary key,
  per_month numeric(20, 6) not null check (per_month >= 0),
  set_by text not null,
  set_at timestamptz not null);

create table ledger_month(
  user_id text not null,
  month date not null check (extract(day from month) = 1),
  reserved numeric(20, 6) not null default 0 check (reserved >= 0),
  spent numeric(20, 6) not null default 0 check (spent >= 0),
  released numeric(20, 6) not null default 0 check (released >= 0),
  primary key (user_id, month));

create table provider_call(
  id text primary key,
  job text not null,
  user_id text not null,
  scene text,
  attempt int not null check (attempt > 0),
  service text not null,
  provider text not null,
  model text,
  outcome text not null check (outcome in ('answered', 'refused', 'failed')),
  quantities jsonb not null,
  seconds double precision not null,
  amount numeric(20, 6) check (amount >= 0),
  at timestamptz not null);
create index provider_call_job on provider_call(job, at, id);
"""

LEDGER = """
create table ledger_transaction(
  id uuid primary key,
  user_id text not null,
  month date not null,
  job text not null,
  kind text not null check (kind in ('reserve', 'spend', 'release')),
  call text unique references provider_call,
  at timestamptz not null default now(),
  foreign key (user_id, month) references ledger_month,
  check ((kind = 'spend') = (call is not null)));
create index ledger_transaction_job on ledger_transaction(job);

create table ledger_entry(
  transaction_id uuid not null references ledger_transaction,
  account text not null check (account in ('available', 'reserved', 'spent', 'released')),
  amount numeric(20, 6) not null check (amount <> 0),
  primary key (transaction_id, account));

create function refuse_ledger_change() returns trigger language plpgsql as
  $$ begin raise exception 'the ledger is append-only: book the opposite instead'; end $$;
create trigger transactions_are_final before update or delete or truncate on ledger_transaction
  for each statement execute function refuse_ledger_change();
create trigger entries_are_final before update or delete or truncate on ledger_entry
  for each statement execute function refuse_ledger_change();
"""

# Looked at when everything is written, so that the entries of a transaction may come one by one.
BALANCED = """
create function refuse_unbalanced() returns trigger language plpgsql as $$ begin
  if (select sum(amount) from ledger_entry where transaction_id = new.transaction_id) <> 0 then
    raise exception 'the entries of transaction % do not sum to zero', new.transaction_id;
  end if;
  return null; end $$;
create constraint trigger ledger_is_balanced after insert on ledger_entry deferrable initially deferred
  for each row execute function refuse_unbalanced();

create function refuse_empty() returns trigger language plpgsql as $$ begin
  if not exists (select from ledger_entry where transaction_id = new.id) then
    raise exception 'transaction % has no entries', new.id;
  end if;
  return null; end $$;
create constraint trigger ledger_is_told after insert on ledger_transaction deferrable initially deferred
  for each row execute function refuse_empty();
"""

# No writer can forget the sums of the month: the statement that books adds them up.
SUMS = """
create function add_to_month() returns trigger language plpgsql as $$ begin
  update ledger_month m set
    reserved = m.reserved + moved.reserved, spent = m.spent + moved.spent, released = m.released + moved.released
  from (
    select t.user_id, t.month,
      coalesce(sum(e.amount) filter (where e.account = 'reserved'), 0) reserved,
      coalesce(sum(e.amount) filter (where e.account = 'spent'), 0) spent,
      coalesce(sum(e.amount) filter (where e.account = 'released'), 0) released
    from booked e join ledger_transaction t on t.id = e.transaction_id group by t.user_id, t.month) moved
  where m.user_id = moved.user_id and m.month = moved.month;
  return null; end $$;
create trigger add_to_month after insert on ledger_entry
  referencing new table as booked for each statement execute function add_to_month();
"""


def upgrade() -> None:
    for statements in (BUDGETS, LEDGER, BALANCED, SUMS):
        script(op, statements)
