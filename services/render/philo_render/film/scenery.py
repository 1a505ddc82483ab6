"""Material made ready to be filmed, and the last of it kept: packing a picture costs as much as some sixty frames of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from philo_render.film import layers
from philo_render.film.camera import Camera, view
from philo_render.film.chunk import Material, Shot
from philo_render.film.drawable import Scenery
from philo_render.film.faults import BrokenPictureError, MissingPictureError
from philo_render.film.fit import fit
from philo_render.film.footage import Filmed, Span
from philo_render.film.format import Format
from philo_render.film.parallax import Layered
from philo_render.film.planes import U8, Planes
from philo_render.film.warp import Packed

Source = U8 | bytes | Path
"""A picture as pixels (BGR, height, width, 3) or as a file's bytes; footage as a file on disk."""

Sources = Mapping[str, Source]

KEPT = 192 * 2**20
"""Bytes: a film in 1080p with depth needs 90 MB for each of the two scenes of a transition."""


class Flat:
    """A flat picture under a camera."""

    def __init__(self, picture: U8, camera: Camera, format_: Format) -> None:
        self.camera, self.packed = camera, Packed(picture, camera, format_)

    @property
    def nbytes(self) -> int:
        return sum(plane.nbytes for plane in self.packed.packed)

    def draw(self, share: float, seconds: float, slide: float, out: Planes) -> None:
        self.packed.draw(view(self.camera, share, seconds, slide), out)


class Moving:
    """Footage, which brings its own camera."""

    def __init__(self, path: Path, material: Material, format_: Format) -> None:
        span = Span(start=material.start, end=material.end)
        self.filmed = Filmed(path, span, format_, material.focus, fit(span.seconds, material.length))

    @property
    def nbytes(self) -> int:
        return self.filmed.nbytes

    def draw(self, share: float, seconds: float, slide: float, out: Planes) -> None:  # noqa: ARG002 - of a camera
        self.filmed.draw(seconds, out)


class Stock:
    """Scenery that was made lately, at most `limit` bytes of it; the two last used are kept whatever they weigh."""

    def __init__(self, limit: int = KEPT) -> None:
        self.limit = limit
        self.kept: dict[tuple[Material, Camera, Format, bool], Scenery] = {}

    def ready(self, shot: Shot, sources: Sources, format_: Format) -> Scenery:
        """Raises MissingPictureError, BrokenPictureError."""
        name = (shot.material, shot.camera, format_, shot.built > 0)
        found = self.kept.pop(name, None) or made(shot, sources, format_)
        self.kept[name] = found
        while len(self.kept) > 2 and sum(one.nbytes for one in self.kept.values()) > self.limit:
            del self.kept[next(iter(self.kept))]
        return found

    def let_go_of_files(self) -> None:
        """Footage holds its file open, and so its room on disk even when the file is removed."""
        self.kept = {name: one for name, one in self.kept.items() if not isinstance(one, Moving)}


def made(shot: Shot, sources: Sources, format_: Format) -> Scenery:
    key = shot.material.key
    if key not in sources:
        raise MissingPictureError(key)
    source = sources[key]
    if shot.material.kind == "layers":
        return Layered(layers.unpacked(read(source)), shot.camera, format_, built=shot.built > 0)
    if shot.material.kind == "footage":
        if not isinstance(source, Path):
            raise MissingPictureError(key)
        return Moving(source, shot.material, format_)
    return Flat(decoded(source, key), shot.camera, format_)


def decoded(source: Source, key: str) -> U8:
    if isinstance(source, np.ndarray):
        return source
    pixels = cv2.imdecode(np.frombuffer(read(source), np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise BrokenPictureError(key)
    return np.asarray(pixels, np.uint8)


def read(source: Source) -> bytes:
    return source.read_bytes() if isinstance(source, Path) else bytes(source)
