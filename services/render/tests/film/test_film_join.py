"""The joined film is what a player expects."""

from __future__ import annotations

from fractions import Fraction

import av
import av.logging
import numpy as np
import pytest

from philo_contracts.shapes import VideoConfig
from philo_render.film import (
    BrokenChunkError,
    BrokenFilmError,
    Format,
    MixedChunksError,
    chunks,
    draw_chunk,
    encoded,
    encoding,
    join,
    plan,
    probe,
    read_sound,
)
from philo_render.film.packets import unpacked
from philo_render.film.preview.nal import sample

pytestmark = [pytest.mark.heavy, pytest.mark.xdist_group("film")]  # one worker draws the film, not all


def heard(film):
    return encoded(film.sound, film.timeline.frames * 48_000 // SMALL_FPS)


SMALL_FPS = 12


@pytest.fixture(scope="module")
def found(film):
    return probe(film.path)


def test_size_clock_and_codecs_are_the_formats(found, small) -> None:
    assert (found.width, found.height, found.fps) == (small.width, small.height, small.fps)
    assert (found.video_codec, found.profile, found.audio_codec) == ("h264", "High", "aac")
    assert (found.rate, found.channels) == (48_000, 2)


def test_frames_follow_each_other_at_one_constant_step(found, film, small) -> None:
    assert found.frames == film.timeline.frames
    assert found.steps == (Fraction(1, small.fps),)


def test_picture_and_sound_begin_and_end_within_one_frame(found, film, small) -> None:
    assert abs(found.video_start) < 1e-6
    assert found.audio_start <= 0
    assert abs(found.video_end - found.audio_end) < 1 / small.fps
    assert found.video_end == pytest.approx(film.timeline.duration, abs=1e-6)


def test_every_chunk_begins_with_a_key_frame(found, film) -> None:
    assert {place.first_frame for place in film.timeline.placed} <= set(found.key_frames)


def test_the_index_comes_first(found) -> None:
    assert found.faststart


def test_colours_are_tagged_as_bt709_limited(found) -> None:
    assert found.colour == (1, 1, 1, 1)


def test_title_and_chapters_are_in_the_file(found) -> None:
    assert found.title == "The Lantern Letter"
    assert found.chapters == ("Scene 0", "Scene 1", "Scene 2")


def test_the_film_decodes_without_a_warning(film) -> None:
    before = av.logging.get_level()
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture(local=False) as said, av.open(film.path) as container:
            frames = sum(1 for _ in container.decode(video=0))
        with av.logging.Capture(local=False) as heard, av.open(film.path) as container:
            blocks = sum(1 for _ in container.decode(audio=0))
    finally:
        av.logging.set_level(before)
    assert (frames, said, heard) == (film.timeline.frames, [], [])
    assert blocks > 0


def test_sound_stays_where_the_voice_was_laid(film) -> None:
    """A drift of the encoder would shift the end against the beginning."""
    decoded = read_sound(film.path)
    for start in (film.timeline.voices["scene-0"], film.timeline.voices["scene-2"]):
        span = slice(round(start * 48_000) - 4800, round(start * 48_000) + 48_000)
        one, other = film.sound[0, span], decoded[0, span]
        match = np.correlate(other, one[2400:-2400], "valid")
        assert abs(int(match.argmax()) - 2400) <= 24


def test_joining_again_gives_the_same_file(film, small, tmp_path) -> None:
    again = tmp_path / "again.mp4"
    timeline = film.timeline
    join(film.drawn, heard(film), again, small, title=timeline.title, chapters=timeline.chapters)
    assert again.read_bytes() == film.path.read_bytes()


def test_chunks_are_joined_from_files_as_from_bytes(film, small, tmp_path) -> None:
    files = [tmp_path / f"{number}.chunk" for number in range(len(film.drawn))]
    for file, chunk in zip(files, film.drawn, strict=True):
        file.write_bytes(chunk)
    joined, timeline = tmp_path / "joined.mp4", film.timeline
    blocks = [film.sound[:, start : start + 30_000] for start in range(0, film.sound.shape[1], 30_000)]
    sound = encoding(blocks, film.timeline.frames * 48_000 // small.fps)
    join(files, sound, joined, small, title=timeline.title, chapters=timeline.chapters)
    assert joined.read_bytes() == film.path.read_bytes()


def test_every_packet_is_the_one_that_was_drawn(film) -> None:
    drawn = [sample(packet.data) for chunk in film.drawn for packet in unpacked(chunk).packets]
    with av.open(film.path) as container:
        assert [bytes(packet) for packet in container.demux(video=0) if packet.size] == drawn


def test_sound_and_picture_lie_side_by_side_in_the_file(film) -> None:
    with av.open(film.path) as container:
        packets = sorted((packet for packet in container.demux() if packet.size), key=lambda packet: packet.pos)
    times = [float(packet.dts * packet.time_base) for packet in packets]
    assert max(np.maximum.accumulate(times) - times) < 0.25


def test_sound_is_made_when_its_pictures_are_written(film, small, tmp_path) -> None:
    """And not before: the whole of it would not fit into memory."""
    asked = []

    def blocks():
        for start in range(0, film.sound.shape[1], 4800):
            asked.append(start / 48_000)
            yield film.sound[:, start : start + 4800]

    with pytest.raises(BrokenChunkError, match="Chunk 1"):
        join([film.drawn[0], film.drawn[1][:-1] + b"?"], encoding(blocks(), 10**7), tmp_path / "broken.mp4", small)
    assert asked[-1] < chunks(film.timeline)[0].frames / small.fps + 0.2


def test_sound_that_is_too_short_is_padded(film, small, tmp_path) -> None:
    path = tmp_path / "short.mp4"
    join(film.drawn, encoded(film.sound[:, :4800], film.timeline.frames * 48_000 // small.fps), path, small)
    found = probe(path)
    assert abs(found.video_end - found.audio_end) < 1 / small.fps


def test_very_short_chunks_join_in_step(film, pictures, small, tmp_path) -> None:
    tiny = [chunk.model_copy(update={"frames": n}) for n, chunk in zip((1, 2, 1), chunks(film.timeline), strict=False)]
    path = tmp_path / "tiny.mp4"
    join([draw_chunk(chunk, pictures) for chunk in tiny], encoded(film.sound, 4 * 48_000 // small.fps), path, small)
    found = probe(path)
    assert (found.frames, found.steps) == (4, (Fraction(1, small.fps),))


def test_chunks_of_two_films_are_refused(film, pictures, narrate, small, tmp_path) -> None:
    other = Format(width=160, height=90, fps=small.fps)
    (chunk,) = chunks(plan([narrate(0, "Hush.")], VideoConfig(), "A", format_=other))
    strange = draw_chunk(chunk.model_copy(update={"frames": 2}), pictures)
    with pytest.raises(MixedChunksError, match="Chunk 1"):
        join([film.drawn[0], strange], heard(film), tmp_path / "mixed.mp4", small)


def test_a_damaged_chunk_is_refused(film, small, tmp_path) -> None:
    with pytest.raises(BrokenChunkError, match=r"Chunk 1: .*checksum"):
        join([film.drawn[0], film.drawn[1][:-1] + b"?"], heard(film), tmp_path / "broken.mp4", small)


def test_a_film_without_sound_is_no_film(film, tmp_path) -> None:
    path = tmp_path / "silent.mp4"
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=12)
        stream.width = stream.height = 64
        container.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        container.mux(stream.encode(None))
    with pytest.raises(BrokenFilmError, match="lacks"):
        probe(path)
