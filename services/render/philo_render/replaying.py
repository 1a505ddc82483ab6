"""What render keeps beside the facts: what it knows of each film."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from philo_contracts.events import (
    AudioSynthesized,
    JobRequested,
    MusicComposed,
    MusicFailed,
    PartsLost,
    PictureMade,
    SceneRendered,
    ScriptAnalyzed,
    SoundMixed,
)
from philo_kernel.replay.projection import Balance, History, Projection, Row, Source, plain
from philo_kernel.replay.projection_known import LIVES
from philo_render.domain import Film, due, learn, names_assets
from philo_render.waiting import noted

HEARD = "advance_film"


def films(story: History) -> Iterator[Row]:
    """A film is learnt in whatever order its facts come; own ones, of which one may take back another, keep theirs."""
    film, owner, heard = Film(job=story.key), None, False
    for envelope in story.facts:
        fact = envelope.fact()
        if isinstance(fact, JobRequested) and (fact.export or not names_assets(fact.config)):
            continue
        owner, heard = owner or envelope.tenantid, True
        film = noted(learn(film, fact), fact, envelope.traceparent)
        film = film.with_(given=film.given | {name for name, _ in due(film)})
    if heard:
        yield {"job": story.key, "tenant": owner, "state": film.model_dump(mode="json")}


def as_known(state: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """What was ordered is a set, which has no order."""
    told = Film.model_validate(state).model_dump(mode="json")
    return told | {"given": sorted(told["given"])}


FILMS = Projection(
    table="film",
    story="job",
    identity=("job",),
    sources=(
        Source("gateway", (JobRequested,), "note_brought"),
        Source("analysis", (ScriptAnalyzed,), HEARD),
        Source("tts", (AudioSynthesized, MusicComposed, MusicFailed), HEARD),
        Source("render", (PictureMade, SceneRendered, SoundMixed, PartsLost), HEARD),
    ),
    columns={"tenant": plain, "state": as_known},
    fold=films,
    fresh={},
)
PROJECTIONS = (FILMS, LIVES)
BALANCES: tuple[Balance, ...] = ()
