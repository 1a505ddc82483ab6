"""Loudness and peaks are what the standard says they are (ITU-R BS.1770-4)."""

import math

import numpy as np
import pyloudnorm
import pytest

from philo_render.film import loudness, resampled, true_peak
from philo_render.film.sound.limiter import limited
from philo_render.film.sound.loudness import STEP, Meter, integrated

RATE = 48_000


def tone(hertz: float, seconds: float, level: float = 1.0) -> np.ndarray:
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def grain(seconds: float, level: float = 0.1) -> np.ndarray:
    return np.random.default_rng(0).normal(0, level, (2, round(seconds * RATE))).astype(np.float32)


def pauses(seconds: float) -> np.ndarray:
    return grain(seconds) * (np.arange(round(seconds * RATE)) % (2 * RATE) < 30_000)


def test_a_full_scale_tone_in_one_channel_has_the_loudness_that_the_standard_gives_it():
    assert loudness(np.stack([tone(997, 2), np.zeros(2 * RATE, np.float32)])) == pytest.approx(-3.01, abs=0.005)


@pytest.mark.parametrize("sound", [grain(4), pauses(9), np.concatenate([grain(3), grain(5, 0.001)], axis=1)])
def test_loudness_is_what_others_measure(sound):
    """pyloudnorm's usual filter is an approximation of the standard's, and 0.04 LU off; its other one is not."""
    there = sound.T.astype(np.float64)
    assert loudness(sound) == pytest.approx(pyloudnorm.Meter(RATE).integrated_loudness(there), abs=0.05)
    exact = pyloudnorm.Meter(RATE, filter_class="DeMan").integrated_loudness(there)
    assert loudness(sound) == pytest.approx(exact, abs=0.01)


def test_speech_is_as_loud_as_others_measure(voice):
    there = voice(5.0)
    exact = pyloudnorm.Meter(RATE, filter_class="DeMan").integrated_loudness(there.astype(np.float64))
    assert loudness(there[None]) == pytest.approx(exact, abs=0.01)


@pytest.mark.parametrize("sound", [np.zeros((2, RATE), np.float32), grain(0.3), np.zeros((2, 0), np.float32)])
def test_silence_and_what_is_too_short_have_no_loudness(sound):
    assert loudness(sound) == -math.inf


def test_a_meter_counts_alike_however_the_sound_comes():
    sound, meter = pauses(5), Meter(2, STEP)
    for start, end in ((0, 1), (1, 4801), (4801, 4801 + 77_777), (4801 + 77_777, 5 * RATE)):
        meter.add(sound[:, start:end])
    assert integrated(meter.finish(), STEP) == pytest.approx(loudness(sound), abs=1e-6)


def test_true_peak_sees_what_lies_between_the_samples():
    between = np.sin(2 * np.pi * np.arange(4800) / 4 + np.pi / 4).astype(np.float32)[None]
    assert np.abs(between).max() < 0.708
    assert true_peak(between) == pytest.approx(0.0, abs=0.3)


@pytest.mark.parametrize("place", [0, 63, 64, 65, 4095, 4999])
def test_a_peak_is_seen_wherever_it_is(place):
    click = np.zeros((2, 5000), np.float32)
    click[1, place] = -0.5
    assert true_peak(click) == pytest.approx(-6.02, abs=0.01)


def test_the_limiter_holds_its_ceiling_between_the_samples():
    wave = np.sin(2 * np.pi * np.arange(RATE) / 4 + np.pi / 4)
    loud = np.stack([wave, wave]).astype(np.float32) * 1.3
    assert true_peak(limited(loud, 0.5)) <= -6.0


@pytest.mark.parametrize("place", [0, 1, 800, 30_000, 47_999])
def test_the_limiter_holds_its_ceiling_against_a_single_peak(place):
    sound = grain(1.0, 0.02)
    sound[0, place] = 0.95
    assert true_peak(limited(sound, 0.5)) <= -6.0


def test_the_limiter_takes_and_gives_back_without_a_click():
    sound = np.full((2, RATE), 0.1, np.float32)
    sound[:, 24_000] = 1.0
    quiet = np.delete(limited(sound, 0.2)[0], 24_000)
    assert quiet.min() < 0.03
    assert np.abs(np.diff(quiet)).max() < 0.001


def test_the_limiter_leaves_quiet_sound_alone(voice):
    quiet = np.stack([voice(1.0), voice(1.0)]) * np.float32(0.1)
    assert np.array_equal(limited(quiet, 0.8), quiet)


def test_resampling_keeps_length_and_pitch():
    heard = resampled(tone(440, 1.0)[None, :22_050], 22_050)
    assert abs(heard.shape[1] - RATE) <= 2
    assert int(np.abs(np.fft.rfft(heard[0])).argmax()) == round(440 * 22_050 / RATE)
