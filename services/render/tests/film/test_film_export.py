"""An exported film shows and says what the finished one does; a failed export leaves nothing behind."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from philo_render.film import BrokenFilmError, Format, encoded, join, probe, read_sound
from philo_render.film.encode import Encoder
from philo_render.film.export import gif, webm

pytestmark = [pytest.mark.heavy, pytest.mark.xdist_group("film-export")]  # one worker makes the film, not all

RATE = 48_000
FPS, FRAMES = 25, 49
TINY = Format(width=64, height=48, fps=FPS)
RED = (120, 90, 200)
"""Y, U, V of the left half; the right half is grey and grows lighter."""


def light(frame: int) -> int:
    return 30 + 4 * frame


def sweep() -> np.ndarray:
    at = np.arange(FRAMES * RATE // FPS) / RATE
    tone = 0.4 * np.sin(2 * np.pi * (300 * at + 400 * at * at))
    return np.stack([tone, tone]).astype(np.float32)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    encoder = Encoder(TINY)
    for frame in range(FRAMES):
        planes = encoder.canvas(frame)
        for plane, left, right in zip(planes, RED, (light(frame), 128, 128), strict=True):
            half = plane.shape[1] // 2
            plane[:, :half], plane[:, half:] = left, right
        encoder.add(frame)
    path = tmp_path_factory.mktemp("export") / "film.mp4"
    join([encoder.finish("0" * 64)], encoded(sweep(), sweep().shape[1]), path, TINY)
    return path


class Exported:
    """The WebM of the source, and what was said while it was made."""

    def __init__(self, source: Path) -> None:
        self.path, self.shares = source.with_suffix(".webm"), list[float]()
        webm(source, self.path, self.shares.append)


@pytest.fixture(scope="module")
def exported(source) -> Exported:
    return Exported(source)


def test_webm_is_vp9_and_opus_with_the_same_frames_and_colours(exported) -> None:
    found = probe(exported.path)
    assert (found.video_codec, found.audio_codec, found.rate, found.channels) == ("vp9", "opus", RATE, 2)
    assert (found.width, found.height, found.fps, found.frames) == (TINY.width, TINY.height, FPS, FRAMES)
    assert found.colour == (1, 1, 1, 1)


def test_webm_is_as_long_as_its_source(exported, source) -> None:
    found, former = probe(exported.path), probe(source)
    assert found.video_end == pytest.approx(former.video_end, abs=0.002)
    assert found.audio_end == pytest.approx(former.video_end, abs=0.002)


def test_webm_shows_every_frame_in_its_order(exported) -> None:
    with av.open(exported.path) as film:
        lights = [int(frame.to_ndarray()[24, 56]) for frame in film.decode(video=0)]
    assert max(abs(shown - light(frame)) for frame, shown in enumerate(lights)) <= 6


def test_webm_says_everything_at_its_time(exported) -> None:
    heard, said = read_sound(exported.path), sweep()
    assert heard.shape == said.shape
    middle = slice(RATE // 2, RATE)
    match = np.correlate(heard[0, RATE // 2 - 480 : RATE + 480], said[0, middle], "valid")
    assert abs(int(match.argmax()) - 480) <= 24


def test_progress_grows_and_ends_at_one(exported) -> None:
    assert all(before < after for before, after in pairwise([0.0, *exported.shares]))
    assert exported.shares[-1] == 1.0


@pytest.fixture(scope="module")
def loop(source) -> Iterator[Image.Image]:
    path = source.with_suffix(".gif")
    gif(source, path, start=0.4, seconds=0.8, width=40)
    with Image.open(path) as shown:
        yield shown


def test_gif_loops_for_ever_at_twelve_and_a_half_frames_a_second(loop) -> None:
    assert (loop.info["loop"], loop.info["duration"], loop.n_frames) == (0, 80, 10)


def test_gif_has_the_width_that_was_asked_for_and_the_shape_of_the_film(loop) -> None:
    assert loop.size == (40, 30)


def test_gif_shows_the_span_that_was_asked_for(loop) -> None:
    shown = []
    for number in range(loop.n_frames):
        loop.seek(number)
        shown.append(loop.convert("RGB").getpixel((32, 15))[0])
    wanted = [(light(frame) - 16) * 255 / 219 for frame in range(10, 30, 2)]
    assert shown == pytest.approx(wanted, abs=8)


def test_gif_has_the_colours_of_bt709(loop) -> None:
    loop.seek(0)
    assert loop.convert("RGB").getpixel((8, 15)) == pytest.approx((250, 91, 41), abs=6)


def test_gif_is_never_wider_than_the_film(source, tmp_path) -> None:
    path = tmp_path / "wide.gif"
    gif(source, path, seconds=0.1)
    with Image.open(path) as shown:
        assert shown.size == (TINY.width, TINY.height)


def test_gif_of_a_moment_after_the_end_is_refused(source, tmp_path) -> None:
    with pytest.raises(BrokenFilmError, match="nothing from second 3 on"):
        gif(source, tmp_path / "late.gif", start=3)
    assert not list(tmp_path.iterdir())


Export = Callable[[Path, Path], None]


@pytest.fixture(params=["webm", "gif"])
def export(request: pytest.FixtureRequest) -> Export:
    return {"webm": lambda source, target: webm(source, target, lambda _: None), "gif": gif}[request.param]


@pytest.mark.parametrize("content", [b"", b"no film at all" * 20], ids=["empty", "other"])
def test_what_is_no_film_is_refused_in_words(export: Export, tmp_path, content) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)
    with pytest.raises(BrokenFilmError, match=r"broken\.mp4 is no whole film"):
        export(broken, tmp_path / "target")
    assert list(tmp_path.iterdir()) == [broken]


def test_a_film_that_breaks_off_is_refused_and_leaves_no_file(source, tmp_path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(source.read_bytes()[: source.stat().st_size * 2 // 3])
    with pytest.raises(BrokenFilmError, match=r"broken\.mp4"):
        webm(broken, tmp_path / "target", lambda _: None)
    assert list(tmp_path.iterdir()) == [broken]


def test_a_film_without_sound_is_refused(loop, tmp_path) -> None:
    with pytest.raises(BrokenFilmError, match="no sound"):
        webm(Path(loop.filename), tmp_path / "target", lambda _: None)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_said_as_it_is_and_leaves_no_file(export: Export, source, tmp_path) -> None:
    target = tmp_path / "target"
    target.symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as fault:
        export(source, target)
    assert fault.value.errno == errno.ENOSPC
    assert not target.is_symlink()
