"""Reading and judging take time in proportion to the text, whatever it is made of."""

import sys
from time import thread_time

import pytest

from philo_analysis.extractive import read
from philo_analysis.moderation import moderate
from philo_analysis.scenes.choosing import MOST_SPOKEN
from philo_contracts.shapes import MOST_SCENES

pytestmark = pytest.mark.heavy

SIZE = 30_000
HOSTILE = {
    "one-letter lines": "a\nb\n",
    "one-letter paragraphs": "A\n\n",
    "names": "He met Ada Ford in Rome. ",
    "cues of subtitles": "1\n00:00:01,000 --> 00:00:02,000\nHi there.\n\n",
    "initials": "a. ",
    "no end in Chinese": "老茶农在山谷里采茶",
    "one word": "a",
}


def text_of(piece, size=SIZE):
    return (piece * (size // len(piece) + 1))[:size]


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_read_in_a_moment(piece):
    """Five times what it takes, and a fraction of what it took when time grew with the square."""
    began = thread_time()
    read(text_of(piece))
    assert thread_time() - began < 1.5


@pytest.mark.parametrize("piece", ["a\nb\n", "。。", "He met Ada Ford in Rome. "])
def test_a_hostile_text_is_judged_in_a_moment(piece):
    began = thread_time()
    moderate(text_of(piece), "en")
    assert thread_time() - began < 1.5


@pytest.mark.parametrize("piece", ["a\nb\n", "He met Ada Ford in Rome. "])
def test_twice_the_text_takes_about_twice_the_steps(piece):
    read(text_of(piece, 1_000))
    few, many = (steps(text_of(piece, size)) for size in (4_000, 8_000))
    assert many < 2.6 * few


def steps(text):
    count = 0

    def step(*_):
        nonlocal count
        count += 1

    sys.setprofile(step)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("scenes", [None, 1])
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_no_scene_is_too_long_to_be_spoken(piece, scenes):
    told = read(text_of(piece, 9_000), scenes=scenes).scenes
    assert max(len(scene.narration) for scene in told) <= MOST_SPOKEN
    assert len(told) <= MOST_SCENES
