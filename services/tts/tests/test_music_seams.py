"""Where a track turns back."""

from itertools import pairwise

import numpy as np
import pytest

from philo_tts.music.sound.rate import RATE
from philo_tts.music.tracks.beats import beats, period
from philo_tts.music.tracks.features import FRAMES_A_SECOND, HOP, features
from philo_tts.music.tracks.passages import laid_out, passages
from philo_tts.music.tracks.seams import Seam, body, found_seam

CHORDS = ((220, 277.2, 329.6), (196, 246.9, 293.7), (174.6, 220, 261.6), (196, 246.9, 329.6))


def loop(beat: float, bars: int) -> np.ndarray:
    """Four chords, a bar each, again and again, with a stroke on every beat and a stronger one on the first: (2, frames)."""
    frames = round(4 * beat * RATE)
    time = np.arange(frames) / RATE
    strokes = np.exp(-(time % beat) * 30) * (0.3 + 0.3 * (time < beat))
    dice = np.random.Generator(np.random.PCG64(1))
    noise = dice.standard_normal(frames) * strokes * 0.3
    whole = [noise + 0.1 * sum(np.sin(2 * np.pi * hertz * time) for hertz in CHORDS[bar % 4]) for bar in range(bars)]
    return np.repeat(np.concatenate(whole).astype(np.float32)[None], 2, axis=0)


@pytest.fixture(scope="module")
def beaten() -> tuple[np.ndarray, Seam]:
    track = loop(60 / 97, 12)
    return track, found_seam(track)


@pytest.mark.parametrize("tempo", [72, 128])
def test_the_tempo_is_found(tempo: float):
    found = 60 * FRAMES_A_SECOND / period(features(loop(60 / tempo, 4)).onsets)
    assert found == pytest.approx(tempo, rel=0.02)


def test_the_beats_are_where_the_strokes_are(beaten: tuple[np.ndarray, Seam]):
    moments = beats(features(beaten[0]).onsets) * HOP / RATE
    off = (moments[1:-1] * 97 / 60 + 0.5) % 1 - 0.5
    assert np.abs(off * 60 / 97).max() < 0.04


def test_a_track_with_a_beat_turns_back_by_whole_bars(beaten: tuple[np.ndarray, Seam]):
    track, seam = beaten
    bars = (seam.end - seam.start) / (4 * 60 / 97 * RATE)
    assert seam.kind == "bars"
    assert bars == pytest.approx(round(bars), abs=0.002)
    assert seam.end - seam.start > track.shape[1] / 4


def test_it_turns_back_to_where_the_same_chord_sounds(beaten: tuple[np.ndarray, Seam]):
    track, seam = beaten
    ahead = RATE // 2
    ended, began = track[0, seam.end : seam.end + ahead], track[0, seam.start : seam.start + ahead]
    assert np.corrcoef(ended, began)[0, 1] > 0.9


def test_a_track_without_a_beat_turns_back_by_a_long_crossfade():
    time = np.arange(8 * RATE) / RATE
    drone = (0.2 * np.sin(2 * np.pi * 110 * time) * (1 + 0.1 * np.sin(0.7 * time))).astype(np.float32)
    seam = found_seam(np.stack([drone, drone]))
    assert (seam.kind, seam.fade) == ("crossfade", 2 * RATE)


def test_an_ending_that_fades_is_not_repeated():
    track = loop(0.5, 10)
    track[:, -6 * RATE :] *= np.linspace(1, 0, 6 * RATE, dtype=np.float32)
    assert body(track) <= track.shape[1] - 2 * RATE


@pytest.mark.parametrize("frames", [40_000, 50_000, 123_457, 1_000_000])
def test_passages_cover_every_frame_and_never_leave_the_track(frames: int):
    track, seam = 30_000, Seam(2_000, 26_000, 1_000, "crossfade")
    plan = passages(track, frames, seam)
    for before, after in pairwise(plan):
        assert after.at == before.at + before.frames - seam.fade
    assert all(passage.source >= 0 and passage.source + passage.frames <= track for passage in plan)
    assert frames - RATE <= plan[-1].at + plan[-1].frames <= frames


def test_where_passages_meet_the_power_stays_even():
    dice = np.random.Generator(np.random.PCG64(2))
    track = dice.standard_normal((2, 5 * RATE)).astype(np.float32)
    plan = passages(5 * RATE, 13 * RATE, Seam(RATE, 4 * RATE, RATE, "crossfade"))
    whole = np.concatenate(list(laid_out(track, plan, 13 * RATE)), axis=1)[:, RATE : 9 * RATE]
    seconds = np.sqrt((whole**2).mean(axis=0).reshape(-1, RATE).mean(axis=1))
    assert seconds.min() > 0.9
    assert seconds.max() < 1.1
