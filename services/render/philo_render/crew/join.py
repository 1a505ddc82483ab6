"""Joining in a child process: chunks and sound become one film on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from philo_kernel.stages import stage
from philo_kernel.work import Hopeless
from philo_render import film
from philo_render.crew.room import no_room
from philo_render.film.join import unusable
from philo_render.orders import Join

OF_READING = {
    "moderated_by_rules": "The moderation service was away: the words were checked by Philo's own rules alone.",
    "prompt_narrated": "Nobody here can write a script of a prompt: the prompt itself is narrated.",
    "code_left_out": "Blocks of program code are not spoken, and were left out.",
}
MOST_SIGNS = 40


@dataclass(frozen=True)
class Cut:
    """The finished film, on disk, and what goes with it."""

    video: Path
    poster: bytes
    srt: str
    vtt: str
    duration: float
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Parts:
    """The files a film is joined of, in the order of its scenes; `opening` is the first scene's picture or footage, and
    `font` what its subtitles were written with, if that was brought."""

    chunks: Sequence[Path]
    sound: Path
    opening: Path
    font: Path | None = None


@dataclass(frozen=True)
class Spoiled:
    """What no film can be joined of, though it is there: chunks by their places, and the sound."""

    chunks: tuple[int, ...]
    sound: bool
    words: str


def edit(order: Join, parts: Parts, folder: Path) -> Cut | Spoiled:
    """Copy the packets, write the MP4 into the caller's folder.

    Raises `Passing` when the disk is full, `Hopeless` when the film cannot be joined though its parts are whole.
    """
    timeline = film.plan(order.narrations, order.config, order.title)
    first, video = timeline.placed[0].chunks[0], folder / "output.mp4"
    try:
        with stage("draw the poster"):
            poster = film.poster(first, {first.materials[0].key: parts.opening})
        with stage("copy the packets", chunks=len(parts.chunks)):
            heard, told = film.EncodedSound(parts.sound), timeline.chapters
            film.join(parts.chunks, heard.packets(), video, timeline.format, title=order.title, chapters=told)
    except film.FilmError as error:
        spoiled = spoilt(parts, timeline.format, str(error))
        if spoiled.chunks or spoiled.sound:
            return spoiled
        raise Hopeless("film_not_joinable", f"The film cannot be joined. {error}") from error
    except OSError as error:
        raise no_room(folder.parent, error) from error
    return Cut(video, poster, film.srt(timeline), film.vtt(timeline), timeline.duration, warnings_of(order, parts.font))


def spoilt(parts: Parts, format_: film.Format, words: str) -> Spoiled:
    """All of it at once, so that it can be made again at once."""
    try:
        film.EncodedSound(parts.sound)
    except film.BrokenFilmError:
        sound = True
    else:
        sound = False
    return Spoiled(unusable(parts.chunks, format_), sound, words)


def warnings_of(order: Join, font: Path | None = None) -> tuple[str, ...]:
    """What a person should know of a film that was made all the same."""
    found = [OF_READING.get(code, code) for code in order.warnings]
    found.extend(of_letters(order, font))
    if order.config.music.enabled and not order.music:
        found.append("There is no music: it could not be composed. The film was made without it.")
    return tuple(found)


def of_letters(order: Join, font: Path | None) -> Iterator[str]:
    """Signs that nothing can write, and those that the font that was brought cannot."""
    spoken = "".join(narration.scene.narration for narration in order.narrations)
    face = film.in_hand(order.font.key, font) if order.font and font else None
    own = film.missing_glyphs(spoken, face)
    missing = dict.fromkeys((*film.missing_glyphs(on_cards(order)), *own))
    if missing:
        yield f"No font can write {listed(missing)}; these signs are left out of what is shown."
    lacking = [sign for sign in film.uncovered(spoken, face) if sign not in missing] if face else []
    if lacking:
        yield f"The font of the subtitles has no {listed(lacking)}; Philo's own fonts write these signs."


def on_cards(order: Join) -> str:
    """All that stands alone, in Philo's own fonts: the title, chapters, names."""
    scenes = [narration.scene for narration in order.narrations]
    headings = [one for scene in scenes for one in (scene.chapter, scene.strip) if one]
    return "".join((order.title, *(f"{one.text}{one.note}" for one in headings)))


def listed(signs: Iterable[str]) -> str:
    """At most a line of them."""
    every = list(signs)
    return "".join(every[:MOST_SIGNS]) + (" and others" if len(every) > MOST_SIGNS else "")
