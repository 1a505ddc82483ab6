"""The pocket for the voice: as deep as a piece needs it."""

import numpy as np
import pytest

from philo_contracts.shapes import Mood
from philo_tts.music import compose, render
from philo_tts.music.rules.tables import CASTS
from philo_tts.music.sound.balance import CONSONANTS, HERTZ, VOICE, Listening, fitting, share, slope
from philo_tts.music.sound.pocket import mid_curve
from philo_tts.music.sound.rate import RATE


def falling(decibels_an_octave: float, hump: float = 0.0) -> np.ndarray:
    """A spectrum that falls evenly from 60 Hz on, with a hump of so many dB at 1.5 kHz."""
    octaves = np.log2(np.maximum(HERTZ, 60) / 60)
    bell = np.exp(-((np.log2(np.maximum(HERTZ, 1) / 1500)) ** 2))
    return 10 ** ((decibels_an_octave * octaves + hump * bell) / 10)


@pytest.mark.parametrize("hump", [19, 22, 24])
def test_what_covers_the_voice_is_taken_back(hump: float):
    power = falling(-8, hump)
    mended = power * mid_curve(HERTZ, fitting(power)) ** 2
    assert share(power, CONSONANTS) > 0.08 >= share(mended, CONSONANTS)


def test_what_leaves_room_is_left_almost_alone():
    assert fitting(falling(-7.5)).dip <= 3


def test_a_dark_mix_is_given_air():
    power = falling(-11)
    mended = power * mid_curve(HERTZ, fitting(power)) ** 2
    assert slope(mended) > slope(power) + 1.5


def test_a_bright_mix_is_given_none():
    assert fitting(falling(-5)).air == 2


def test_a_tone_is_heard_where_it_is():
    listening = Listening()
    listening.add(np.sin(2 * np.pi * 500 * np.arange(RATE) / RATE, dtype=np.float32)[None].repeat(2, axis=0))
    assert share(listening.power, (450, 550)) > 0.97


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("mood", "genre"),
    [*((mood, "chinese") for mood in Mood), *((Mood.SCARY, genre) for genre in CASTS if genre != "chinese")],
)
def test_no_piece_covers_the_voice(mood: Mood, genre: str):
    listening = Listening()
    listening.add(render(compose(mood, 15, genre=genre, seed=11)))
    assert share(listening.power, VOICE) < 0.5
    assert share(listening.power, CONSONANTS) < 0.1
