"""The fader is ridden slowly, and left alone while a piece dies away."""

import numpy as np
import pytest

from philo_tts.music.sound.riding import A_SECOND, ENDING, ridden, ride


def powers(*decibels: float, seconds: int = 20) -> np.ndarray:
    """Sections of so many dB, each of so many seconds."""
    return np.repeat(10 ** (np.array(decibels) / 10), seconds * A_SECOND)


def test_sections_come_nearer_to_each_other():
    levels = powers(-30, -20)
    after = 10 * np.log10(levels) + ride(levels)
    assert 4 < after[300] - after[100] < 8


def test_the_fader_never_jumps():
    assert np.abs(np.diff(ride(powers(-40, -15, -40)))).max() < 0.3


def test_the_ending_is_left_to_die_away():
    levels = powers(-20, -20)
    levels[-ENDING:] *= np.geomspace(1, 1e-6, ENDING)
    assert np.ptp(ride(levels)[-ENDING // 2 :]) < 0.5


def test_an_even_piece_is_left_alone():
    assert np.abs(ride(powers(-20, -20))).max() < 0.01


@pytest.mark.parametrize("steps", [0, 1, ENDING])
def test_a_short_piece_is_left_alone(steps: int):
    assert not ride(np.full(steps, 0.01)).any()


def test_a_wave_follows_the_fader():
    wave = np.ones((2, 2 * 48_000), np.float32)
    ridden(wave, np.full(20, -6.0))
    assert wave == pytest.approx(10 ** (-6 / 20))
