"""What must be true once all has calmed down, read from the databases of the services."""

from __future__ import annotations

import json
from collections import Counter

from philo.stack import Endpoints
from philo_contracts.envelope import Envelope
from philo_contracts.events import AudioSynthesized, Event, PictureMade, SceneRendered, SoundMixed, VideoRendered
from philo_contracts.evolution import fold
from philo_contracts.job import Job
from tests.facts import count, envelopes, left_to_do, rows

ORDERED = "select entrypoint, count(*) from pgqueuer_log where status = 'queued' and traceback is null group by 1"
EFFECTS: dict[type[Event], str] = {
    AudioSynthesized: "Narrate",
    PictureMade: "Paint",
    SceneRendered: "Draw",
    SoundMixed: "Mix",
    VideoRendered: "Join",
}


async def at_rest(at: Endpoints) -> bool:
    """Nothing waits anywhere but what was given up, and everybody has heard everything."""
    if any(not name.endswith(".dead_letter") for name in await left_to_do(at)):
        return False
    known = {row["id"]: row["version"] for row in await rows(at, "gateway", "select id, version from job")}
    told = {row["id"]: row["version"] for row in await rows(at, "notify", "select id, version from job_view")}
    return known == told


async def results(at: Endpoints, service: str, kind: type[Event]) -> Counter[str]:
    """How often each effect was said."""
    return Counter(fact.subject for fact in await envelopes(at, service) if fact.type == kind.__name__)


async def orders(at: Endpoints, service: str) -> dict[str, int]:
    """How many orders of each kind were ever given. A finished order goes together with its result, in one transaction,
    so work that is done can be done again only if it is ordered again."""
    return {row["entrypoint"]: row["count"] for row in await rows(at, service, ORDERED)}


async def folds(at: Endpoints) -> dict[str, Job]:
    """Every job, told anew from its facts."""
    streams: dict[str, list[Envelope]] = {}
    for fact in await envelopes(at, "gateway"):
        if fact.subject.startswith("job/"):
            streams.setdefault(fact.correlationid, []).append(fact)
    return {job: fold(facts) for job, facts in streams.items()}


async def stored(at: Endpoints, service: str, table: str) -> dict[str, Job]:
    found = await rows(at, service, f"select id, state::text from {table}")
    return {row["id"]: Job.model_validate_json(row["state"]) for row in found}


async def feed(at: Endpoints) -> dict[str, list[int]]:
    """The numbers of each reader's messages."""
    numbers: dict[str, list[int]] = {}
    for row in await rows(at, "notify", "select user_id, id from feed order by user_id, id"):
        numbers.setdefault(row["user_id"], []).append(row["id"])
    return numbers


async def told_versions(at: Endpoints, job: str) -> list[int]:
    """The versions of a job that its owner was told, in the order of the messages."""
    found = await rows(at, "notify", "select body from feed where job = $1 order by id", job)
    return [json.loads(row["body"])["job"]["version"] for row in found]


async def letters(at: Endpoints) -> list[str]:
    """What nobody could handle."""
    return [
        f"{service}: {row['handler']} {row['error']}"
        for service in at.databases
        if await count(at, service, "select count(*) from dead_letter")
        for row in await rows(at, service, "select handler, error from dead_letter")
    ]
