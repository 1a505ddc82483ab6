"""What the ledger holds, against what was told of calls and of the costs of jobs. The ledger itself is a log."""

from __future__ import annotations

from collections.abc import Iterable

from philo_contracts.events import LanguageModelCalled, PictureProviderCalled, SoundProviderCalled
from philo_contracts.events.calls import ProviderCalled
from philo_kernel.replay.projection import Balance, History, Projection, Row, Source, moment, plain

HEARD = "record_call"
TOLD = ("scene", "attempt", "service", "provider", "model", "outcome", "quantities", "seconds")


def calls(story: History) -> Iterable[Row]:
    """Each call once, however often it was told."""
    found: dict[str, Row] = {}
    for envelope in story.facts:
        fact = envelope.fact()
        if isinstance(fact, ProviderCalled):
            told = fact.call.model_dump(mode="json", include=set(TOLD))
            found.setdefault(fact.call.id, {"id": fact.call.id, "job": story.key, "at": envelope.time, **told})
    return found.values()


CALLS = Projection(
    table="provider_call",
    story="job",
    identity=("id",),
    sources=(
        Source("analysis", (LanguageModelCalled,), HEARD),
        Source("tts", (SoundProviderCalled,), HEARD),
        Source("render", (PictureProviderCalled,), HEARD),
    ),
    columns={"job": plain, "at": moment} | dict.fromkeys(TOLD, plain),
    fold=calls,
    outlives=True,
)

MONTHS = """
    with booked as (
      select t.user_id, t.month, e.account, sum(e.amount) as amount
      from ledger_transaction t join ledger_entry e on e.transaction_id = t.id group by 1, 2, 3),
    months as (
      select user_id, month, account, amount from ledger_month
      cross join lateral (values ('reserved', reserved), ('spent', spent), ('released', released)) sums(account, amount))
    select user_id as story, month::text || ' ' || account as path, m.amount::text as stored,
      coalesce(b.amount, 0)::text as folded
    from months m left join booked b using (user_id, month, account)
    where m.amount <> coalesce(b.amount, 0) and $1::timestamptz is not null"""
# A call is written together with what it has cost.
SPENT = """
    select c.job as story, c.id as path, coalesce(c.amount, 0)::text as stored, coalesce(e.amount, 0)::text as folded
    from provider_call c left join ledger_transaction t on t.call = c.id
    left join ledger_entry e on e.transaction_id = t.id and e.account = 'spent'
    where coalesce(c.amount, 0) <> coalesce(e.amount, 0) and $1::timestamptz is not null"""
# A job says what it costs when it has ended; until then at times only.
COSTS = """
    with held as (
      select t.job,
        coalesce(sum(e.amount) filter (where e.account = 'reserved' and t.kind = 'reserve'), 0) as reserved,
        coalesce(sum(e.amount) filter (where e.account = 'spent'), 0) as actual,
        coalesce(sum(e.amount) filter (where e.account = 'released'), 0) as released
      from ledger_transaction t join ledger_entry e on e.transaction_id = t.id group by t.job)
    select job.id as story, told.name as path, told.amount::text as stored, told.booked::text as folded
    from job left join held on held.job = job.id
    cross join lateral (values
      ('reserved', (state->'cost'->>'reserved')::numeric, coalesce(held.reserved, 0)),
      ('actual', (state->'cost'->>'actual')::numeric, coalesce(held.actual, 0)),
      ('released', (state->'cost'->>'released')::numeric, coalesce(held.released, 0))) told(name, amount, booked)
    where told.amount <> told.booked and (state->>'updated_at')::timestamptz < $1
      and (told.name = 'reserved' or status in ('completed', 'failed', 'moderation_failed', 'cancelled'))"""
BALANCES = (Balance("ledger_month", MONTHS), Balance("ledger_entry", SPENT), Balance("job.cost", COSTS))
