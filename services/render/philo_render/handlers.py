"""What is heard of a film, and what is ordered because of it."""

from __future__ import annotations

from dataclasses import dataclass

from philo_contracts.events import (
    AssetUploaded,
    AudioSynthesized,
    Event,
    JobRequested,
    MusicComposed,
    MusicFailed,
    PartsLost,
    PictureMade,
    SceneRendered,
    ScriptAnalyzed,
    SoundMixed,
    TimelinePlanned,
)
from philo_kernel.handler import on
from philo_kernel.unit import Unit
from philo_render.domain import Film, due, learn, names_assets
from philo_render.orders import Export, Ingest
from philo_render.waiting import noted, waited_for

# The row is made first and locked then, so that two facts of one film never work on the same state.
LOCK = """
    insert into film(job, state, tenant) values ($1, $2::jsonb, $3)
    on conflict (job) do update set tenant = coalesce(film.tenant, excluded.tenant) returning state::text"""
SAVE = "update film set state = $2::jsonb where job = $1"


@dataclass
class Held:
    """A film in hand: read once and written once a unit."""

    film: Film


@on(JobRequested)
async def note_brought(fact: JobRequested, unit: Unit) -> None:
    """A film that names no assets is heard of when its script is."""
    if names_assets(fact.config) and not fact.export:
        await advance(fact, unit)


@on(ScriptAnalyzed, AudioSynthesized, MusicComposed, MusicFailed, PictureMade, SceneRendered, SoundMixed, PartsLost)
async def advance_film(fact: Event, unit: Unit) -> None:
    await advance(fact, unit)


async def advance(fact: Event, unit: Unit) -> None:
    held = await held_film(unit, fact.belongs_to)
    film = noted(learn(held.film, fact), fact, unit.cause.traceparent if unit.cause else None)
    orders = list(due(film))
    for name, order in orders:
        if isinstance(order, TimelinePlanned):
            unit.say(order, stream=f"timeline/{film.job}/1")
        else:
            unit.start(order, waited_for=waited_for(film, name))
    held.film = film.with_(given=film.given | {name for name, _ in orders})


async def held_film(unit: Unit, job: str) -> Held:
    if job not in unit.memory:
        owner = unit.cause.tenantid if unit.cause else None
        state = await unit.connection.fetchval(LOCK, job, Film(job=job).model_dump_json(), owner)
        held = unit.memory[job] = Held(Film.model_validate_json(state, extra="ignore"))  # of a newer version

        async def save() -> None:
            await unit.connection.execute(SAVE, job, held.film.model_dump_json())

        unit.before_commit(save)
    found: Held = unit.memory[job]
    return found


@on(AssetUploaded)
async def plan_ingest(fact: AssetUploaded, unit: Unit) -> None:
    unit.start(Ingest(job=fact.asset, user=fact.user, file=fact.file))


@on(JobRequested)
async def plan_export(fact: JobRequested, unit: Unit) -> None:
    if fact.export:
        unit.start(Export(job=fact.job, priority=fact.priority, wish=fact.export))
