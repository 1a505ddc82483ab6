"""Mixing in a child process: voices and music become the film's sound, encoded, while its pictures are still drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from philo_kernel.stages import stage
from philo_kernel.work import Hopeless
from philo_render import film
from philo_render.crew.room import no_room
from philo_render.orders import Mix


@dataclass(frozen=True)
class Tracks:
    """The files of a film's sound, in the order of its scenes."""

    voices: Sequence[Path]
    music: Path | None


def mix(order: Mix, tracks: Tracks, target: Path) -> None:
    """Write the encoded sound of the whole film to `target`.

    Raises `Passing` when the disk is full, `Hopeless` when a voice or the music cannot be used.
    """
    whole = film.timing(order.narrations, order.config)
    samples = order.samples(whole.duration)
    try:
        voices = voices_of(order, tracks, whole)
        length = samples / film.RATE
        mixing = stage("mix and encode the sound", seconds=round(length, 3))
        with mixing, film.mix(voices, tracks.music, length, scratch=target.parent) as sound:
            film.keep(film.encoding(sound.blocks(), samples), samples, target)
    except film.FilmError as error:
        raise Hopeless("sound_not_mixable", f"The film's sound cannot be mixed. {error}") from error
    except OSError as error:
        raise no_room(target.parent, error) from error


def voices_of(order: Mix, tracks: Tracks, whole: film.Timing) -> list[film.Voice]:
    """In their places, named so that a person knows which scene to speak again."""
    return [
        film.Voice(start, path, f"The voice of scene {told.scene.index + 1}, “{told.scene.title}”", told.duration)
        for start, told, path in zip(whole.voices, order.narrations, tracks.voices, strict=True)
    ]
