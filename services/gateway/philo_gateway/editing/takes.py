"""Earlier films and earlier takes of a scene, told from the job's own facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from philo_contracts.envelope import Envelope
from philo_contracts.events import FilmRevised, JobCompleted, SceneProgressed
from philo_contracts.evolution import evolve
from philo_contracts.job import Film, Job, SceneState


class Revision(NamedTuple):
    """A film as it once was."""

    job: Job
    film: Film
    at: datetime


class Taken(NamedTuple):
    """A scene as it was filmed, and when that film was done."""

    scene: SceneState
    at: datetime


def revisions(facts: Iterable[Envelope]) -> Iterator[Revision]:
    """Each film of the job's story, the first one first. Most of a story is how far it was, which no film shows."""
    job = Job()
    for envelope in facts:
        if envelope.type == SceneProgressed.__name__:
            continue
        fact = envelope.fact()
        job = evolve(job, fact, envelope.time)
        if isinstance(fact, JobCompleted | FilmRevised) and job.film:
            yield Revision(job, job.film, envelope.time)


def takes(facts: Iterable[Envelope], scene: str) -> list[Taken]:
    """Each take of the scene that a film was made of, the first one first; a take's number is its revision."""
    found: dict[int, Taken] = {}
    for revision in revisions(facts):
        state = revision.job.scene(scene)
        if state:
            found.setdefault(state.revision, Taken(state, revision.at))
    return list(found.values())
