"""A drawn scene with its voice becomes a part that plays, as loud as the film will be."""

import io

import av
import numpy as np
import pytest
import soundfile
from render_world import JOB, analyzed, noise, painted, spoken

from philo_contracts.shapes import Subtitles, VideoConfig
from philo_render.crew import preview
from philo_render.domain import Film, due, learn
from philo_render.film import draw_chunk, loudness, read_sound
from philo_render.orders import Draw

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The first scene of two, whose voice was recorded much too low."""
    told = analyzed(2)
    config = VideoConfig(resolution="480p", fps=24, subtitles=Subtitles(burn_in=False), depth=False)
    film = Film(job=JOB)
    for fact in (told.model_copy(update={"config": config}), spoken(0), painted(0)):
        film = learn(film, fact)
    order = next(one for _, one in due(film) if isinstance(one, Draw))
    drawn = [draw_chunk(chunk, {"picture-0": np.full((90, 160, 3), 90, np.uint8)}) for chunk in order.chunks()]
    voice = io.BytesIO()
    soundfile.write(voice, noise(2.0) * 0.05, 22_050, format="FLAC")
    folder = tmp_path_factory.mktemp("played")
    for name, body in enumerate([*drawn, voice.getvalue()]):
        (folder / str(name)).write_bytes(body)
    *chunks, heard = (folder / str(name) for name in range(len(drawn) + 1))
    path, part = folder / "scene.mp4", folder / "part"
    head = preview(order, chunks, heard, part)
    path.write_bytes(head + part.read_bytes())
    return order, path


def test_every_frame_of_the_scene_is_in_its_part(played):
    order, path = played
    with av.open(path) as part:
        assert sum(1 for _ in part.decode(video=0)) == order.place.end - order.place.first


def test_the_voice_is_as_loud_as_in_the_film(played):
    _, path = played
    assert loudness(read_sound(path)) == pytest.approx(-16, abs=1.0)


def test_the_voice_begins_where_it_does_in_the_film(played):
    order, path = played
    heard = np.abs(read_sound(path)).max(axis=0) > 0.02
    begins = (order.place.voice - order.place.first) / 24
    assert np.flatnonzero(heard)[0] / 48_000 == pytest.approx(begins, abs=0.05)
