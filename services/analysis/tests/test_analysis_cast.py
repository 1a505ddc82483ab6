"""Who is in a film, and in which of its scenes, under whatever words."""

import pytest

from philo_analysis.extractive import read
from philo_analysis.scenes.cast import cast
from philo_analysis.scenes.passages import Passage


def shown(*narrations):
    return [[figure.shown for figure in there] for there in cast([Passage(told) for told in narrations]).present]


FOLLOWED = {
    "a shorter description": (["An old lighthouse keeper lit the lamp.", "The keeper slept."], "old lighthouse keeper"),
    "a pronoun": (["A young queen ruled the land.", "She was proud."], "young queen"),
    "a name for an animal": (["Pip was a small brown mouse.", "He slept."], "Pip the small brown mouse"),
    "a name that follows": (["A kitten named Luna sat there.", "Luna slept."], "Luna the kitten"),
    "a title before a name": (["Captain Okoro stood up.", "Okoro sat down."], "Okoro the captain"),
    "Chinese": (["一只小刺猬，名叫团团。", "他睡着了。"], "小刺猬团团"),
    "Chinese roles": (["老茶农走进茶园。", "老人笑了。"], "老茶农"),
    "a Chinese name": (["陈默在窗边坐着。", "他睡着了。"], "陈默"),
}


@pytest.mark.parametrize(("narrations", "figure"), FOLLOWED.values(), ids=FOLLOWED)
def test_somebody_stays_who_they_are(narrations, figure):
    assert shown(*narrations)[-1] == [figure]


def test_a_pronoun_agrees_with_whom_it_means():
    assert shown("A king met an old woman.", "She bowed.", "He smiled.")[1:] == [["old woman"], ["king"]]


@pytest.mark.parametrize(
    ("narrations", "figure"),
    [
        (["A queen met a shepherd. The shepherd gave her a rose.", "She smiled."], "queen"),
        (["苏青在窗边坐着，陈默在门口望着她。", "她跑过操场。"], "苏青"),
    ],
)
def test_who_does_something_does_it_to_somebody_else(narrations, figure):
    assert shown(*narrations)[-1] == [figure]


def test_a_woman_is_learned_by_her_pronoun():
    assert shown("Then came Mara. She laughed.", "Mara left.")[-1] == ["Mara, a woman"]


def test_old_and_young_are_two():
    assert shown("An old man met a young man.")[0] == ["old man", "young man"]


def test_a_place_is_nobody():
    assert read("They sailed to Carthage. In Carthage they slept. Carthage was large.").characters == ()


def test_a_pronoun_without_anybody_shows_nobody():
    assert shown("She was gone.") == [[]]


def test_many_of_a_kind_are_not_the_one_who_has_a_name():
    assert shown("There lived a snail called Pim. Everybody laughed, because snails are slow.")[0][0] == "Pim the snail"


def test_a_number_is_nobody():
    assert read("Twelve, always twelve. Eleven. Twelve. Thirteen stairs.").characters == ()


def test_what_a_text_denies_is_not_shown():
    (scene,) = read("A lamp stood in the room. No phone, no clock was there.", scenes=1).scenes
    assert "phone" not in scene.visual_prompt
