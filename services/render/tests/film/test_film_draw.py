"""A chunk is drawn whole, exactly and again the same."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import av
import numpy as np
import pytest

from philo_contracts.shapes import Aspect, Subtitles, VideoConfig
from philo_render.film import BrokenChunkError, MissingPictureError, chunks, draw_chunk, plan, poster, stills
from philo_render.film.packets import unpacked
from philo_render.film.planes import to_bgr

pytestmark = [pytest.mark.heavy, pytest.mark.xdist_group("film")]  # one worker draws the film, not all


def luma(frame: av.VideoFrame) -> np.ndarray:
    plane = frame.planes[0]
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : frame.width].astype(np.float32)


def ambers(frame: av.VideoFrame) -> np.ndarray:
    """Where the picture is much more red than blue."""
    return to_bgr(frame).astype(int) @ (-1, 0, 1) > 90


def test_every_frame_is_drawn_exactly_once(film) -> None:
    for chunk, data in zip(chunks(film.timeline), film.drawn, strict=True):
        assert sorted(packet.pts for packet in unpacked(data).packets) == list(range(chunk.frames))


def test_what_is_decoded_is_what_was_painted(film, pictures) -> None:
    painted = (
        luma(frame).copy() for chunk in chunks(film.timeline) for frame in stills(chunk, pictures, range(chunk.frames))
    )
    with av.open(film.path) as container:
        for frame, expected in zip(container.decode(video=0), painted, strict=True):
            assert np.abs(luma(frame) - expected).mean() < 3.5


def test_equal_chunks_give_equal_bytes(film, pictures) -> None:
    last = chunks(film.timeline)[-1]
    assert draw_chunk(last, pictures) == film.drawn[-1]


def test_a_frame_looks_the_same_whatever_was_painted_before_it(film, pictures) -> None:
    chunk = chunks(film.timeline)[1]
    forth = [luma(frame).copy() for frame in stills(chunk, pictures, range(chunk.frames))]
    back = [luma(frame).copy() for frame in stills(chunk, pictures, reversed(range(chunk.frames)))]
    assert all(np.array_equal(one, other) for one, other in zip(forth, back[::-1], strict=True))


def test_threads_draw_what_one_would_have_drawn(film, pictures) -> None:
    with ThreadPoolExecutor(2) as workers:
        drawn = tuple(workers.map(lambda chunk: draw_chunk(chunk, pictures), chunks(film.timeline)))
    assert drawn == film.drawn


def test_the_first_packet_of_a_chunk_is_a_key_frame(film) -> None:
    assert all(unpacked(data).packets[0].key for data in film.drawn)


def test_a_chunk_carries_its_key(film) -> None:
    assert [unpacked(data).key for data in film.drawn] == [chunk.key for chunk in chunks(film.timeline)]


def test_progress_is_told_frame_by_frame(film, pictures, narrate, small) -> None:
    (chunk,) = chunks(plan([narrate(0, "Hush.")], VideoConfig(), "A", format_=small))
    told: list[tuple[int, int]] = []
    draw_chunk(chunk, pictures, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, chunk.frames) for done in range(1, chunk.frames + 1)]


def test_a_picture_that_is_not_there_is_named(film, pictures) -> None:
    with pytest.raises(MissingPictureError, match="picture-1"):
        draw_chunk(chunks(film.timeline)[1], {"picture-0": pictures["picture-0"]})


def test_the_picture_never_stands_still(film, pictures) -> None:
    """Both pictures of a transition move as well; a held frame would differ from its neighbour by nothing."""
    bare = chunks(film.timeline)[1].model_copy(update={"cues": ()})
    seen = [luma(frame).copy() for frame in stills(bare, pictures, range(0, bare.frames, 3))]
    assert all(np.abs(a - b).mean() > 0.05 for a, b in pairwise(seen))


@pytest.mark.parametrize("aspect", list(Aspect))
def test_the_spoken_word_turns_amber_in_the_frame_of_its_sound(aspect, narrate) -> None:
    grey = {"picture-0": np.full((480, 480, 3), 60, np.uint8)}
    config = VideoConfig(aspect=aspect, resolution="480p")
    chunk = next(chunk for chunk in chunks(plan([narrate(0, "Lantern light.")], config, "A")) if chunk.cues)
    cue = chunk.cues[0]
    frames = [cue.first_frame + chunk.format.frames(cue.words[1].start) + shift for shift in (-4, 1)]
    before, after = (ambers(frame)[:, chunk.format.width // 2 :].sum() for frame in stills(chunk, grey, frames))
    assert before * 2 < after


def test_without_highlight_no_word_is_amber(narrate) -> None:
    grey = {"picture-0": np.full((480, 854, 3), 60, np.uint8)}
    config = VideoConfig(resolution="480p", subtitles=Subtitles(highlight="none"))
    chunk = next(chunk for chunk in chunks(plan([narrate(0, "Lantern light.")], config, "A")) if chunk.cues)
    frame = next(stills(chunk, grey, [chunk.cues[0].first_frame + 12]))
    assert not ambers(frame).any()


def test_the_film_ends_in_black(film, pictures) -> None:
    last = chunks(film.timeline)[-1]
    assert luma(next(stills(last, pictures, [last.frames - 1]))).max() <= 18


def test_the_poster_is_a_jpeg_of_the_films_size(film, pictures) -> None:
    with av.open(io.BytesIO(poster(chunks(film.timeline)[0], pictures))) as image:
        frame = next(image.decode(video=0))
    assert (frame.width, frame.height) == (192, 108)


@pytest.mark.parametrize("damage", ["cut short", "a flipped bit", "something else", "another version", "nothing"])
def test_damaged_chunks_are_recognised(film, damage: str) -> None:
    data = film.drawn[0]
    middle = len(data) // 2
    broken = {
        "cut short": data[:-5],
        "a flipped bit": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "something else": b"RIFF" + data[4:],
        "another version": data[:8] + b"\x09\x00" + data[10:],
        "nothing": b"",
    }[damage]
    with pytest.raises(BrokenChunkError, match="chunk"):
        unpacked(broken)
