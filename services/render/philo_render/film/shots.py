"""The shots of one scene: its picture, framed anew as often as it is long, or footage that moves by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from philo_contracts.shapes import Word
from philo_render.film.camera import Camera, camera_for
from philo_render.film.chunk import Shot
from philo_render.film.extent import Narration
from philo_render.film.format import Format
from philo_render.film.framing import framings


class Stretch(NamedTuple):
    """Where a scene's shots lie, in frames from its cut: from `first`, over transitions on both sides, up to `last`.

    Between `opening` and `ending` nothing but the picture holds the eye. A change of framing takes `blend` frames, the
    stage of the first shot is built in `built`.
    """

    first: int
    last: int
    opening: int
    ending: int
    blend: int
    built: int


def shots_of(
    narration: Narration, words: Sequence[Word], stretch: Stretch, format_: Format, origin: int
) -> tuple[Shot, ...]:
    """In their order; `words` are timed from the scene's cut, which is frame `origin`."""
    if narration.material.kind == "footage":
        return (_footage(narration, stretch, format_, origin),)
    span = format_.seconds(stretch.opening), format_.seconds(stretch.ending)
    cuts, half = [format_.frames(cut) for cut in framings(words, span)], stretch.blend // 2
    starts = [stretch.first, *(cut - half for cut in cuts)]
    ends = [*(cut + half for cut in cuts), stretch.last]
    return tuple(
        Shot(
            material=narration.material,
            camera=_camera(narration, format_.seconds(end - start), nth, tall=format_.shape == "tall"),
            first_frame=origin + start,
            frames=end - start,
            blend=stretch.blend if nth else 0,
            built=0 if nth else stretch.built,
        )
        for nth, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def _camera(narration: Narration, seconds: float, nth: int, *, tall: bool) -> Camera:
    scene = narration.scene
    return camera_for(scene.mood, scene.id, narration.focus, seconds, framing=nth, tall=tall)


def _footage(narration: Narration, stretch: Stretch, format_: Format, origin: int) -> Shot:
    """It moves by itself: one shot, and no camera."""
    frames = stretch.last - stretch.first
    filling = {"length": format_.seconds(frames), "focus": narration.focus}
    material = narration.material.model_copy(update=filling)
    return Shot(material=material, camera=Camera(scale=1.0), first_frame=origin + stretch.first, frames=frames)
