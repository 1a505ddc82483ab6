"""The mix is as loud as it promises, never clips, and lets the voice speak."""

from __future__ import annotations

import numpy as np
import pytest

from philo_render.film import Voice, loudness, mix, true_peak

pytestmark = pytest.mark.heavy

RATE = 48_000


@pytest.fixture(scope="module")
def tune() -> np.ndarray:
    at = np.arange(5 * RATE) / RATE
    return np.stack([np.sin(2 * np.pi * 220 * at), np.sin(2 * np.pi * 277 * at)]).astype(np.float32) * 0.3


def mixed(voices, music, seconds: float) -> np.ndarray:
    with mix(voices, music, seconds) as sound:
        return sound.whole()


@pytest.mark.parametrize("gain", [0.01, 1.0, 8.0])
def test_loudness_and_true_peak_hold_at_any_input_level(voice, tune, gain: float) -> None:
    sound = mixed([Voice(1.0, voice(3.0) * gain), Voice(5.0, voice(2.0) * gain)], tune, 8.0)
    assert sound.shape == (2, 8 * RATE)
    assert loudness(sound) == pytest.approx(-16.0, abs=0.5)
    assert true_peak(sound) <= -1.5


def test_a_spiky_voice_is_limited_and_still_as_loud(voice) -> None:
    spiky = voice(4.0).copy()
    spiky[::24_000] = 0.9
    sound = mixed([Voice(0.5, spiky)], None, 5.0)
    assert loudness(sound) == pytest.approx(-16.0, abs=0.5)
    assert true_peak(sound) <= -1.5


def test_the_voice_stands_in_the_middle(voice) -> None:
    left, right = mixed([Voice(0.5, voice(2.0))], None, 3.0)
    assert np.array_equal(left, right)


def test_voices_are_equally_loud(voice) -> None:
    sound = mixed([Voice(0.0, voice(2.0)), Voice(3.0, voice(2.0) * 0.05)], None, 5.0)
    assert loudness(sound[:, : 2 * RATE]) == pytest.approx(loudness(sound[:, 3 * RATE :]), abs=0.5)


def test_music_steps_back_for_the_voice(voice, tune) -> None:
    def at(sound: np.ndarray, second: float) -> float:
        block = sound[0, round(second * RATE) : round((second + 0.5) * RATE)] * np.hanning(RATE // 2)
        return float(np.abs(np.fft.rfft(block))[110])

    sound = mixed([Voice(4.0, voice(3.0))], tune, 12.0)
    assert at(sound, 5.0) < 0.4 * at(sound, 2.0)
    assert at(sound, 9.0) > 0.8 * at(sound, 2.0)


def test_music_fades_at_both_ends(tune) -> None:
    sound = mixed([], tune, 8.0)
    assert np.abs(sound[:, :10]).max() < 0.001
    assert np.abs(sound[:, -10:]).max() < 0.001


def test_silence_stays_silence() -> None:
    assert not mixed([], None, 2.0).any()


def test_a_voice_that_overruns_the_film_is_cut(voice) -> None:
    assert mixed([Voice(1.5, voice(3.0))], None, 2.0).shape == (2, 2 * RATE)


def test_a_film_too_short_to_measure_has_its_sound_all_the_same(voice) -> None:
    assert mixed([Voice(0.0, voice(0.3))], None, 0.3).any()


def test_a_film_of_no_length_has_no_sound(tune) -> None:
    assert mixed([], tune, 0.0).shape == (2, 0)
