"""The CPU work, as functions that run in child processes: bytes and data in, bytes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from philo_kernel.child import report
from philo_kernel.work import Passing
from philo_render import film, pictures
from philo_render.film import Segment
from philo_render.orders import Join, Paint
from philo_render.pictures.composition import Composition

QUALITY = 93
THUMBNAIL = 480
"""Pixels of the longer side."""
OF_READING = {"prompt_narrated": "Nobody here can write a script of a prompt: the prompt itself is narrated."}


@dataclass(frozen=True)
class Staged:
    """What a picture will show, and where the camera shall look (shares of width and height)."""

    composition: Composition
    focus: tuple[float, float]


@dataclass(frozen=True)
class Picture:
    """JPEGs."""

    image: bytes
    thumbnail: bytes


def prepare() -> None:
    """One core a child; more threads would only fight for it."""
    cv2.setNumThreads(1)


def stage(order: Paint) -> Staged:
    """Compose all scenes up to this one, so that it differs from them. Some milliseconds."""
    used: list[str] = []
    for scene in order.scenes:
        composition = pictures.compose(scene, order.size, seed=order.seed_of(scene), avoid=tuple(used))
        used.append(composition.backdrop)
    return Staged(composition, focus_of(composition))


def paint(composition: Composition, size: tuple[int, int]) -> Picture:
    image = pictures.draw(composition, size)
    scale = THUMBNAIL / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return Picture(jpeg(image, QUALITY), jpeg(np.asarray(small, np.uint8), 85))


def focus_of(composition: Composition) -> tuple[float, float]:
    """The hero, a little toward the middle."""
    hero = next((placed for placed in composition.illustrations if placed.hero), None)
    if hero is None:
        return (0.42 if composition.left else 0.58, 0.47)
    return (round(0.5 + (hero.x - 0.5) * 0.6, 3), 0.47)


def jpeg(image: NDArray[np.uint8], quality: int) -> bytes:
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(data).tobytes()


def unpacked(image: bytes) -> NDArray[np.uint8]:
    decoded = cv2.imdecode(np.frombuffer(image, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None:
        raise ValueError("the picture's bytes are no image")
    return np.asarray(decoded, np.uint8)


def shoot(segment: Segment, images: dict[str, bytes]) -> bytes:
    """Draw and encode; every frame is reported."""
    decoded = {key: unpacked(image) for key, image in images.items()}
    return film.draw_segment(segment, decoded, progress=lambda done, total: report((done, total)))


@dataclass(frozen=True)
class Cut:
    """The finished film, on disk, and what goes with it."""

    folder: Path
    poster: bytes
    srt: str
    vtt: str
    duration: float
    warnings: tuple[str, ...]

    @property
    def video(self) -> Path:
        return self.folder / "output.mp4"


@dataclass(frozen=True)
class Parts:
    """The bytes a film is joined of, in the order of its scenes; `opening` is the first scene's picture."""

    segments: Sequence[bytes]
    audio: Sequence[bytes]
    music: bytes | None
    opening: bytes


def edit(order: Join, parts: Parts, folder: Path) -> Cut:
    """Mix the sound, copy the packets, write the MP4 into the caller's folder. Raises `Passing` when that cannot be."""
    timeline = film.plan(order.narrations, order.config, order.title)
    starts = timeline.voices
    spoken = [
        (starts[narration.scene.id], film.read_sound(voice))
        for narration, voice in zip(order.narrations, parts.audio, strict=True)
    ]
    sound = film.mix(spoken, film.read_sound(parts.music) if parts.music else None, timeline.duration)
    first = timeline.placed[0].segment
    cut = Cut(
        folder=folder,
        poster=film.poster(first, {first.pictures[0]: unpacked(parts.opening)}),
        srt=film.srt(timeline),
        vtt=film.vtt(timeline),
        duration=timeline.duration,
        warnings=warnings_of(order),
    )
    try:
        film.join(parts.segments, sound, cut.video, timeline.format, title=order.title, chapters=timeline.chapters)
    except OSError as error:
        raise no_room(folder.parent, error) from error
    return cut


def no_room(place: Path, error: OSError) -> Passing:
    words = (
        f"The film cannot be written to {place}: {error.strerror or error}. "
        "Free some room there, or set RENDER_SCRATCH to a folder that has some, and ask for the film again."
    )
    return Passing(words, "disk_not_writable")


def warnings_of(order: Join) -> tuple[str, ...]:
    """What a person should know of a film that was made all the same."""
    text = "".join((order.title, *(narration.scene.narration for narration in order.narrations)))
    missing = "".join(film.missing_glyphs(text))
    found = [OF_READING.get(code, code) for code in order.warnings]
    if missing:
        found.append(f"No font can write {missing}; these signs are left out of the subtitles.")
    if order.config.music.enabled and order.music is None:
        found.append("There is no music: it could not be composed. The film was made without it.")
    return tuple(found)
