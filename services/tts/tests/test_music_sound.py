"""What a rendered piece promises to the mix."""

import io
from itertools import cycle

import numpy as np
import pytest
import soundfile

from philo_contracts.shapes import Mood
from philo_tts.music import RATE, Score, as_flac, compose, render
from philo_tts.music.rules.tables import CASTS
from philo_tts.music.sound.convolver import BLOCK, Convolver
from philo_tts.music.sound.loudness import integrated, step_powers
from philo_tts.music.sound.mastering import limit

SECONDS = 6.37
CLICK = 8.0
"""A jump between two samples, in units of the usual jump nearby, that would be heard as a click."""


@pytest.fixture(scope="module")
def score() -> Score:
    return compose(Mood.DRAMATIC, SECONDS, genre="piano", seed=2)


@pytest.fixture(scope="module")
def wave(score: Score) -> np.ndarray:
    return render(score)


def decibels(power: np.ndarray) -> np.ndarray:
    return 10 * np.log10(power + 1e-12)


def test_the_length_is_exact(wave: np.ndarray):
    assert wave.shape == (2, round(SECONDS * RATE))
    assert wave.dtype == np.float32


def test_the_loudness_is_minus_twenty(wave: np.ndarray):
    assert integrated(step_powers(wave)) == pytest.approx(-20, abs=0.4)


def test_no_peak_is_above_minus_three_even_between_samples(wave: np.ndarray):
    finer = np.fft.irfft(np.fft.rfft(wave), 4 * wave.shape[1]) * 4
    assert np.abs(finer).max() <= 10 ** (-3 / 20)


def test_it_dies_away_before_the_end(wave: np.ndarray):
    assert decibels((wave[:, -RATE // 10 :] ** 2).mean()) < -60


def test_there_is_no_hole_of_silence(wave: np.ndarray):
    body = wave[:, : int((SECONDS - 2) * RATE)]
    tenths = (body[:, : body.shape[1] // 4800 * 4800] ** 2).mean(axis=0).reshape(-1, 4800).mean(axis=1)
    assert decibels(tenths[3:]).min() > -55


def test_nothing_clicks(wave: np.ndarray):
    jumps = np.abs(np.diff(wave)).max(axis=0)[: wave.shape[1] // 480 * 480 - 480].reshape(-1, 480)
    usual = np.sqrt((jumps**2).mean(axis=1))
    nearby = np.maximum(usual, np.maximum(np.roll(usual, 1), np.roll(usual, -1)))
    assert (jumps.max(axis=1) / (nearby + 1e-4)).max() < CLICK


def test_most_of_the_energy_lies_on_the_tones_of_the_last_chord(score: Score, wave: np.ndarray):
    ending = wave.mean(axis=0)[int((score.final + 0.6) * RATE) : int((score.final + 2) * RATE)]
    power = np.abs(np.fft.rfft(ending * np.hanning(len(ending)))) ** 2
    hertz = np.fft.rfftfreq(len(ending), 1 / RATE)
    heard = (hertz > 60) & (hertz < 2000)
    pitch = np.round(12 * np.log2(hertz[heard] / 440) + 69).astype(int) % 12
    on_chord = np.isin(pitch, score.chords[-1].pitches)
    assert power[heard][on_chord].sum() > 0.75 * power[heard].sum()


def test_the_bass_is_in_the_middle(wave: np.ndarray):
    spectra = np.fft.rfft(wave)[:, : int(100 * SECONDS)]
    side = np.abs(spectra[0] - spectra[1]) ** 2
    assert side.sum() < 0.1 * (np.abs(spectra[0] + spectra[1]) ** 2).sum()


@pytest.mark.heavy
def test_equal_wishes_give_equal_bytes():
    first, second = (as_flac(render(compose(Mood.CALM, 3, genre="ambient", seed=8))) for _ in range(2))
    assert first == second


def test_the_file_is_a_flac_of_the_same_length(wave: np.ndarray):
    info = soundfile.info(io.BytesIO(as_flac(wave)))
    assert (info.format, info.samplerate, info.channels, info.frames) == ("FLAC", RATE, 2, wave.shape[1])


def test_a_tone_of_997_hertz_reads_its_own_level():
    sine = 0.1 * np.sin(2 * np.pi * 997 * np.arange(3 * RATE) / RATE)
    assert integrated(step_powers(np.stack([sine, sine]).astype(np.float32))) == pytest.approx(-20, abs=0.05)


def test_silence_reads_the_floor():
    assert integrated(step_powers(np.zeros((2, RATE), np.float32))) == -70


def test_the_limiter_holds_the_ceiling_and_leaves_the_rest_alone():
    wave = np.full((2, RATE), 0.2, np.float32)
    wave[:, 20_000] = 0.95
    limit(wave, 0.5)
    assert np.abs(wave).max() <= 0.5
    assert wave[0, 0] == pytest.approx(0.2)


def test_block_convolution_has_no_seams():
    dice = np.random.Generator(np.random.PCG64(1))
    wave, impulse = dice.standard_normal((1, 3 * BLOCK // 2)), dice.standard_normal((1, BLOCK + 77))
    convolve = Convolver(impulse)
    parts = [convolve(wave[:, :BLOCK]), convolve(wave[:, BLOCK:])]
    size = wave.shape[1] + impulse.shape[1]
    whole = np.fft.irfft(np.fft.rfft(wave, size) * np.fft.rfft(impulse, size), size)[:, : wave.shape[1]]
    assert np.allclose(np.concatenate(parts, axis=1), whole, atol=1e-5 * np.abs(whole).max())


@pytest.mark.heavy
@pytest.mark.parametrize(("mood", "genre"), list(zip(Mood, cycle(CASTS), strict=False)))
def test_every_mood_sounds_as_loud_as_any_other(mood: Mood, genre: str):
    wave = render(compose(mood, 3, genre=genre, seed=6))
    assert wave.shape == (2, 3 * RATE)
    assert integrated(step_powers(wave)) == pytest.approx(-20, abs=1.0)
    assert np.abs(wave).max() <= 10 ** (-3 / 20)
    assert np.abs(wave.mean(axis=1)).max() < 1e-4
