"""Feelings of words, turned by what stands before them, and their arc over a film."""

import pytest

from philo_analysis.scenes.feelings import votes
from philo_analysis.scenes.moods import moods
from philo_analysis.scenes.passages import Passage
from philo_contracts.shapes import Mood


def felt(*narrations):
    return list(moods([Passage(told) for told in narrations], [()] * len(narrations)))


@pytest.mark.parametrize("text", ["She was not happy.", "她不快乐。", "Nobody laughed.", "他再也不开心了。"])
def test_denied_joy_is_sad(text):
    found = votes(text)
    assert found[Mood.HAPPY] == 0
    assert found[Mood.SAD] > 0


@pytest.mark.parametrize("text", ["He was not afraid.", "他并不害怕。", "There was no monster."])
def test_denied_fear_frightens_nobody(text):
    assert votes(text)[Mood.SCARY] == 0


@pytest.mark.parametrize(
    ("strong", "plain", "mood"),
    [
        ("She was very sad.", "She was sad.", Mood.SAD),
        ("他非常高兴。", "他高兴。", Mood.HAPPY),
        ("It was calm.", "It was a little calm.", Mood.CALM),
        ("我害怕。", "我有点害怕。", Mood.SCARY),
    ],
)
def test_words_of_degree_are_heard(strong, plain, mood):
    assert votes(strong)[mood] > votes(plain)[mood]


def test_a_refrain_is_one_feeling():
    assert votes("Sad, sad, sad, sad.")[Mood.SAD] < 2 * votes("Sad.")[Mood.SAD]


SCARY = "The ghost crept out of the coffin, and they were terrified."
PLAIN = "He put the box on the table and closed the lid."
HAPPY = "They laughed and danced, overjoyed, and the children cheered."


def test_a_faint_scene_between_two_of_one_mood_does_not_flicker():
    assert felt(SCARY, "The house was still.", SCARY) == [Mood.SCARY] * 3


def test_a_story_that_turns_is_heard_to_turn():
    arc = felt(SCARY, SCARY, HAPPY, HAPPY)
    assert (arc[0], arc[-1]) == (Mood.SCARY, Mood.HAPPY)


def test_a_text_without_feeling_is_neutral():
    assert felt(PLAIN, PLAIN) == [Mood.NEUTRAL] * 2
