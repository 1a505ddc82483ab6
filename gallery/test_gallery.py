"""What every film of the gallery must be, whatever its kind, look, shape and language."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

import numpy as np
import pytest

from gallery.conftest import Made
from gallery.stems import click, longest_silence, over_music
from philo_render.film import loudness, probe, read_sound, true_peak
from tests.e2e.hearing import heard, lateness, plain

FIGURES = {
    "1": "one",
    "2": "two",
    "3": "three",
    "4": "four",
    "11": "eleven",
    "12": "twelve",
    "13": "thirteen",
    "30": "thirty",
    "40": "forty",
    "000": "thousand",
    "color": "colour",
}
"""How Whisper writes what a script has in words, or in British letters."""
SIZES = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (720, 720), "4:5": (720, 900)}


def spelt(words: Iterable[str]) -> str:
    return " ".join(FIGURES.get(word, word) for word in plain(words).split())


def said_aloud(made: Made) -> str:
    """The script's words: nobody speaks the headings of chapters."""
    lines = made.wish["script"].splitlines()
    return spelt(word for line in lines if not line.startswith("Chapter ") for word in line.split())


def misheard(said: str, written: str) -> float:
    """The share of words that were heard wrong. "Sun sets" sounds like "sunsets": what differs by its spaces is right."""
    words, others = said.split(), written.split()
    wrong = 0
    for _, left, right, first, last in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if "".join(words[left:right]) != "".join(others[first:last]):
            wrong += max(right - left, last - first)
    return wrong / len(words)


def test_it_has_the_shape_that_was_asked_for(made: Made) -> None:
    found = probe(made.video)
    assert (found.width, found.height) == SIZES[made.wish["config"]["aspect"]]
    assert len(found.chapters) == len(made.job["scenes"]) >= 3


def test_it_is_as_loud_as_others_are_and_clips_nowhere(made: Made) -> None:
    sound = read_sound(made.video)
    assert loudness(sound) == pytest.approx(-16, abs=0.5)
    assert true_peak(sound) <= -1.5


def test_the_voice_stands_out_of_the_music(made: Made) -> None:
    assert over_music(read_sound(made.video), read_sound(made.without_music), made.words) >= 12


def test_its_sound_has_no_click_and_no_hole(made: Made) -> None:
    sound = read_sound(made.video)
    assert click(sound) < 0.5
    assert longest_silence(sound) <= 1.5


def test_its_music_ends_with_it(made: Made) -> None:
    sound = read_sound(made.video)
    assert np.abs(sound[:, -2400:]).max() < 0.02
    assert np.abs(sound[:, -4 * 48_000 :]).max() > 0.005


def test_every_sign_could_be_written(made: Made) -> None:
    assert made.job["warnings"] == []


def test_a_listener_writes_down_what_was_said_when_it_was_said(made: Made) -> None:
    if made.wish.get("language", "en") != "en" or made.name == "a-day-in-emoji":
        pytest.skip("Whisper's small model is there for English alone")
    error = misheard(said_aloud(made), spelt(word.text for word in heard(made.video).words))
    late = np.abs(lateness(made.words, heard(made.without_music).words))
    median, most = np.quantile(late, (0.5, 0.95))
    print(f"{made.name}: word error rate {error:.3f}, late by {median:.3f} s (median), {most:.3f} s (p95)")
    assert error <= 0.05
    assert median <= 0.12
    assert most <= 0.25
