"""Scenes at the ends of what can be asked for are filmed like all others."""

from __future__ import annotations

import numpy as np
import pytest

from philo_contracts.shapes import Aspect, VideoConfig
from philo_render.film import Format, chunks, draw_chunk, plan
from philo_render.film.dividing import LENGTH
from philo_render.film.packets import unpacked
from philo_render.film.rhythm import RHYTHM

SMALL = Format(width=160, height=90, fps=24)
PICTURE = {"picture-0": np.full((90, 160, 3), 90, np.uint8)}


def test_a_scene_of_no_words_is_shown_long_enough_to_be_seen(narrate) -> None:
    (place,) = plan([narrate(0, "")], VideoConfig(), "Silence", format_=SMALL).placed
    assert place.frames >= RHYTHM.shortest * SMALL.fps
    assert sum(len(unpacked(draw_chunk(chunk, PICTURE)).packets) for chunk in place.chunks) == place.frames


@pytest.mark.heavy
def test_a_scene_of_two_thousand_words_is_chunks_like_any_other(narrate) -> None:
    timeline = plan([narrate(0, "word, and more " * 667)], VideoConfig(), "Long", format_=SMALL)
    whole = chunks(timeline)
    assert timeline.duration > 500
    assert max(chunk.frames for chunk in whole) <= LENGTH * 1.5
    assert sum(len(cue.words) for chunk in whole for cue in chunk.cues) >= 2001
    last = whole[-1]
    assert len(unpacked(draw_chunk(last, PICTURE)).packets) == last.frames


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("config", "size"),
    [
        (VideoConfig(resolution="2160p", fps=60), (3840, 2160)),
        (VideoConfig(aspect=Aspect.PORTRAIT, resolution="1080p", fps=50), (1080, 1350)),
        (VideoConfig(aspect=Aspect.TALL, resolution="2160p"), (2160, 3840)),
    ],
)
def test_the_largest_formats_are_drawn(narrate, config, size) -> None:
    first = chunks(plan([narrate(0, "Hush.")], config, "A"))[0].model_copy(update={"frames": 2})
    drawn = unpacked(draw_chunk(first, PICTURE))
    assert (drawn.format.width, drawn.format.height, drawn.format.fps) == (*size, config.fps)
    assert len(drawn.packets) == 2
