"""What render keeps of a film, as it follows from the facts. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from philo_contracts.envelope import Envelope
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
from philo_contracts.shapes import Value
from philo_kernel.replay.story_kept import Kept
from philo_render.domain import Film, due, learn, names_assets


class KeptFilm(Value):
    """A film with what was ordered of it as a list, for a set has no order in JSON."""

    film: Film
    given: tuple[str, ...]


def folded(job: str, facts: Sequence[Envelope]) -> KeptFilm | None:
    """The film after these facts, each followed by the orders that it made due."""
    film = Film(job=job)
    heard = [
        fact for fact in (envelope.fact() for envelope in facts) if not isinstance(fact, JobRequested) or brings(fact)
    ]
    for fact in heard:
        film = learn(film, fact)
        film = film.with_(given=film.given | {name for name, _ in due(film)})
    return in_order(film) if heard else None


def brings(fact: JobRequested) -> bool:
    return names_assets(fact.config) and not fact.export


def in_order(film: Film) -> KeptFilm:
    return KeptFilm(film=film.with_(given=frozenset()), given=tuple(sorted(film.given)))


FILM = Kept(
    name="film",
    query="""
        select json_build_object('film', state - 'given' || '{"given": []}', 'given', (
          select coalesce(json_agg(name order by name collate "C"), '[]')
          from jsonb_array_elements_text(state->'given') name))::text
        from film where job = $1""",
    of=(
        JobRequested,
        ScriptAnalyzed,
        AudioSynthesized,
        MusicComposed,
        MusicFailed,
        PictureMade,
        SceneRendered,
        SoundMixed,
        PartsLost,
    ),
    fold=folded,
    shape=KeptFilm,
    handlers=("advance_film", "note_brought"),
)
KEEPS = (FILM,)
