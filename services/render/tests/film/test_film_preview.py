"""A film in parts is the film: every frame once, one clock for all, no gap and no click at the borders."""

from __future__ import annotations

import io
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import NamedTuple

import av
import av.logging
import numpy as np
import pytest

from philo_render.film import FilmError, Format, MixedChunksError
from philo_render.film.encode import Encoder
from philo_render.film.faults import BrokenFilmError
from philo_render.film.packets import Packets, unpacked
from philo_render.film.preview import Listed, init, part, playlist
from philo_render.film.sound.aac import encoded

pytestmark = [pytest.mark.heavy, pytest.mark.xdist_group("film-preview")]  # one worker makes the film, not all

RATE = 48_000
FPS = 60
TINY = Format(width=64, height=64, fps=FPS)
SCENES = ((1,), (1, 2), (9, 1), (13,), (1,), (1, 1, 1), (7, 5), (3,), (1, 11), (2,)) * 3
"""Frames of every chunk of every scene: at 60 frames a second some scenes are shorter than a block of sound."""
STARTS = tuple(accumulate((sum(scene) for scene in SCENES), initial=0))
FRAMES = STARTS[-1]
SAMPLES = FRAMES * RATE // FPS


class Parts(NamedTuple):
    head: bytes
    parts: tuple[bytes, ...]


class Played(NamedTuple):
    times: list[Fraction]
    lights: list[int]
    heard: np.ndarray
    said: list[object]


def light(frame: int) -> int:
    return 20 + frame * 7 % 200


def chunk(start: int, frames: int, format_: Format = TINY) -> Packets:
    encoder = Encoder(format_)
    for frame in range(frames):
        planes = encoder.canvas(frame)
        planes.y[:], planes.u[:], planes.v[:] = light(start + frame), 128, 128
        encoder.add(frame)
    return unpacked(encoder.finish("0" * 64))


def scene(number: int) -> list[Packets]:
    starts = accumulate(SCENES[number], initial=STARTS[number])
    return [chunk(start, frames) for start, frames in zip(starts, SCENES[number], strict=False)]


def chirp() -> np.ndarray:
    at = np.arange(SAMPLES) / RATE
    return (0.3 * np.sin(2 * np.pi * (300 * at + 150 * at * at))).astype(np.float32)


def made(number: int) -> bytes:
    """The chirp goes through the whole film; every scene is given all of it, seen from its own beginning."""
    voices = [(-STARTS[number] / FPS, chirp())]
    return part(scene(number), voices, first_frame=STARTS[number], last=number == len(SCENES) - 1)


@pytest.fixture(scope="module")
def film() -> Parts:
    numbers = range(len(SCENES))
    drawn = {number: made(number) for number in reversed(numbers)}
    return Parts(init(TINY, chunk(0, 1).extradata), tuple(drawn[number] for number in numbers))


def play(source: object) -> Played:
    times, lights, blocks = [], [], []
    before = av.logging.get_level()
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture(local=False) as said, av.open(source) as container:
            for frame in container.decode(video=0, audio=0):
                if isinstance(frame, av.AudioFrame):
                    blocks.append(frame.to_ndarray())
                else:
                    times.append(frame.pts * frame.time_base)
                    lights.append(int(frame.to_ndarray()[32, 32]))
    finally:
        av.logging.set_level(before)
    return Played(times, lights, np.concatenate(blocks, axis=1), said)


@pytest.fixture(scope="module")
def played(film) -> Played:
    return play(io.BytesIO(film.head + b"".join(film.parts)))


def track(data: bytes, kind: str) -> list[tuple[Fraction, Fraction]]:
    """Where every packet of the first track of this kind begins and ends, in seconds."""
    with av.open(io.BytesIO(data)) as container:
        stream = next(stream for stream in container.streams if stream.type == kind)
        packets = [packet for packet in container.demux(stream) if packet.pts is not None]
        return sorted((p.pts * p.time_base, (p.pts + p.duration) * p.time_base) for p in packets)


def one_pass() -> np.ndarray:
    """The same sound, encoded at once and decoded without its first block, which only prepares the second."""
    decoder = av.CodecContext.create("aac", "r")
    decoder.sample_rate, decoder.layout, decoder.extradata = RATE, "stereo", bytes.fromhex("1190")
    packets = encoded(np.stack([chirp(), chirp()]), SAMPLES)[1:]
    blocks = [frame.to_ndarray() for packet in packets for frame in decoder.decode(av.Packet(packet.data))]
    return np.concatenate(blocks, axis=1)


def test_the_parts_decode_without_a_warning(played) -> None:
    assert played.said == []


def test_every_frame_is_shown_once_in_its_order(played) -> None:
    assert len(played.lights) == FRAMES
    assert max(abs(shown - light(frame)) for frame, shown in enumerate(played.lights)) <= 4


def test_frames_follow_each_other_at_one_constant_step_from_zero(played) -> None:
    assert played.times == [Fraction(frame, FPS) for frame in range(FRAMES)]


def test_sound_lies_on_one_grid_without_a_gap(film) -> None:
    blocks = track(film.head + b"".join(film.parts), "audio")
    assert blocks[0][0] == 0
    assert all(end == start for (_, end), (start, _) in pairwise(blocks))
    assert {end - start for start, end in blocks[:-1]} == {Fraction(1024, RATE)}


def test_picture_and_sound_end_together(film) -> None:
    whole = film.head + b"".join(film.parts)
    assert track(whole, "video")[-1][1] == track(whole, "audio")[-1][1] == Fraction(FRAMES, FPS)


def test_sound_does_not_click_at_the_borders(played) -> None:
    """Nowhere is it further from the original than one pass over the whole film, but for what no ear finds: -44 dB."""
    whole = slice(1024, SAMPLES - 1024)
    once = np.abs(one_pass()[0, whole] - chirp()[whole]).max()
    assert np.abs(played.heard[0, whole] - chirp()[whole]).max() < once + 0.006


def test_sound_does_not_drift_over_thirty_scenes(played) -> None:
    """A shift of a single sample at the end would be four times as far off."""
    end = slice(SAMPLES - 12_000, SAMPLES - 1024)
    shifted = np.abs(np.diff(chirp()[end])).max()
    assert np.sqrt(np.mean((played.heard[0, end] - chirp()[end]) ** 2)) < shifted / 4


def test_a_part_needs_nothing_of_the_others(film) -> None:
    assert made(6) == film.parts[6]


def test_all_scenes_have_the_same_head(film) -> None:
    assert {init(TINY, scene(number)[-1].extradata) for number in (0, 3, 8)} == {film.head}


def test_the_beginning_plays_before_the_rest_is_there(film) -> None:
    seen = play(io.BytesIO(film.head + b"".join(film.parts[:7])))
    assert (seen.said, len(seen.times)) == ([], STARTS[7])


def test_a_player_of_playlists_shows_the_same(film, played, tmp_path) -> None:
    (tmp_path / "head.mp4").write_bytes(film.head)
    listed = [Listed(f"{number}.m4s", Fraction(sum(frames), FPS)) for number, frames in enumerate(SCENES)]
    for entry, data in zip(listed, film.parts, strict=True):
        (tmp_path / entry.uri).write_bytes(data)
    index = tmp_path / "index.m3u8"
    index.write_text(playlist(listed, head="head.mp4", ended=True))
    seen = play(index)
    assert (seen.said, seen.times, seen.lights) == ([], played.times, played.lights)
    assert np.array_equal(seen.heard, played.heard)


def test_a_silent_scene_has_silent_sound() -> None:
    frames = chunk(0, 12)
    seen = play(io.BytesIO(init(TINY, frames.extradata) + part([frames], [], first_frame=0, last=True)))
    assert seen.heard.shape[1] >= 12 * RATE // FPS
    assert not seen.heard.any()


def test_a_voice_begins_at_its_second_in_both_channels() -> None:
    frames = chunk(0, 30)
    data = part([frames], [(0.25, np.full(4800, 0.5, np.float32))], first_frame=0)
    loud = np.abs(play(io.BytesIO(init(TINY, frames.extradata) + data)).heard) > 0.25
    assert np.abs(loud.argmax(axis=1) - RATE // 4).max() <= 3


def test_a_part_without_a_picture_is_refused() -> None:
    with pytest.raises(FilmError, match="at least one frame"):
        part([], [], first_frame=0)


def test_chunks_of_two_films_are_refused() -> None:
    other = chunk(0, 1, Format(width=32, height=32, fps=FPS))
    with pytest.raises(MixedChunksError, match="different ways"):
        part([chunk(0, 1), other], [], first_frame=0)


def test_a_head_without_parameter_sets_is_refused() -> None:
    with pytest.raises(BrokenFilmError, match="parameter sets"):
        init(TINY, b"")
