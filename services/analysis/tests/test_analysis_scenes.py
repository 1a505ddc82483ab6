"""Reading offline: scenes keep the words, last well, and say what to show."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_analysis.extractive import read, readable
from philo_analysis.scenes.pacing import LONGEST, SHORTEST, seconds
from philo_contracts.shapes import MOST_SCENES, Mood

DEMOS = {name: files("philo").joinpath(f"scripts/demo.{name}.txt").read_text(encoding="utf-8") for name in ("en", "zh")}
SENTENCE = st.sampled_from(
    [
        "The old man lit a lantern.",
        "Rain fell on the roof, on the road, and on the sea that lay beyond the last houses of the village.",
        "Why?",
        "Mr. Gray said nothing...",
        "“Come in!” she cried.",
        "月亮照着河流。",
        "老人戴上斗笠，笑着说：“好雨，茶叶喝饱了。”",
        "He paid 3.50 for it, i.e. too much.",
    ]
)
SCRIPTS = st.lists(st.lists(SENTENCE, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=8).map("\n\n".join)


def squeezed(text):
    return "".join(text.split())


def narrated(reading):
    return squeezed("".join(scene.narration for scene in reading.scenes))


@settings(max_examples=30, deadline=None)
@given(SCRIPTS, st.one_of(st.none(), st.integers(1, MOST_SCENES)))
def test_narrations_are_the_scripts_words_once_and_in_order(script, scenes):
    reading = read(script, scenes=scenes)
    assert narrated(reading) == squeezed(readable(script).text)
    assert len(reading.scenes) <= (scenes or MOST_SCENES)


@pytest.mark.parametrize("demo", DEMOS.values(), ids=DEMOS)
def test_scenes_of_the_demos_last_as_they_should(demo):
    lengths = [seconds(scene.narration) for scene in read(demo).scenes]
    assert 6 <= len(lengths) <= 7
    assert min(lengths) >= SHORTEST
    assert max(lengths) <= LONGEST


@pytest.mark.parametrize("demo", DEMOS.values(), ids=DEMOS)
@pytest.mark.parametrize("scenes", [1, 3, 10, 14])
def test_as_many_scenes_as_asked_when_there_are_words_for_them(demo, scenes):
    assert len(read(demo, scenes=scenes).scenes) == scenes


def test_a_short_text_cannot_be_more_scenes_than_it_has_clauses():
    assert len(read("A cat on a sofa", scenes=5).scenes) == 1


def test_a_very_long_text_has_forty_scenes_of_like_length():
    reading = read("\n\n".join(["The cat ran home. Nobody saw it. Rain fell all night on the quiet town."] * 200))
    lengths = [seconds(scene.narration) for scene in reading.scenes]
    assert len(lengths) == MOST_SCENES
    assert max(lengths) <= 2 * min(lengths)


def test_the_english_demo_is_understood():
    reading = read(DEMOS["en"])
    assert (reading.title, reading.language) == ("The Lighthouse Keeper's Garden", "en")
    assert "old lighthouse keeper" in reading.characters
    storm = reading.scenes[2]
    assert (storm.mood, storm.title) == (Mood.DRAMATIC, "A Storm Comes over the Sea")
    assert {"storm", "sea", "night"} <= set(storm.tags)
    assert reading.scenes[-1].mood is Mood.HAPPY


def test_the_chinese_demo_is_understood():
    reading = read(DEMOS["zh"])
    assert (reading.title, reading.language) == ("茶山上的灯笼", "zh")
    assert "老茶农" in reading.characters
    assert "tea hills" in reading.scenes[0].tags
    assert {"night", "lanterns"} <= set(reading.scenes[3].tags)
    assert reading.scenes[0].visual_prompt.startswith("老茶农、薄雾、山谷")


@pytest.mark.parametrize("demo", DEMOS.values(), ids=DEMOS)
def test_every_scene_has_its_own_title_a_prompt_and_two_to_five_tags(demo):
    scenes = read(demo).scenes
    assert len({scene.title for scene in scenes}) == len(scenes)
    assert all(scene.visual_prompt and 2 <= len(scene.tags) <= 5 for scene in scenes)


def test_the_hour_lasts_until_the_story_changes_it():
    script = "Night fell over the harbour and the town went dark.\n\nShe carried the letter up the long stairs alone."
    assert "night" in read(script, scenes=2).scenes[1].tags


MOODS = [
    ("The ghost of the widow crept out of the haunted cellar, and he was terrified.", Mood.SCARY),
    ("They kissed under the roses on the evening of their wedding, in love at last.", Mood.ROMANTIC),
    ("After the funeral she wept alone, and her tears fell on the empty chair.", Mood.SAD),
    ("The king led his army over the mountains to conquer an empire.", Mood.EPIC),
    ("The judge read the verdict: the law must protect the rights of every citizen.", Mood.SERIOUS),
    ("Children laughed and danced at the birthday party.", Mood.HAPPY),
    ("突然，狂风大作，闪电劈开了天空，巨浪向小船打来。", Mood.DRAMATIC),
    ("奶奶去世了，她一个人哭了很久，眼泪停不下来。", Mood.SAD),
    ("侦探在脚印里发现了线索，可是秘密仍然隐藏在迷雾里。", Mood.MYSTERIOUS),
]


@pytest.mark.parametrize(("script", "mood"), MOODS)
def test_moods_are_felt(script, mood):
    assert read(script).scenes[0].mood is mood


def test_a_denied_feeling_does_not_count():
    assert read("He was not afraid.").scenes[0].mood is not Mood.SCARY


TAGS = [
    ("She kneaded the dough in the kitchen while the oven grew warm.", "kitchen"),
    ("Snow fell on the silent forest.", "snow"),
    ("The caravan crossed the desert and rested at an oasis.", "desert"),
    ("In Python a loop repeats a block of code.", "code"),
    ("Revenue grew this quarter, and the company hired new people.", "business"),
    ("The soldiers crossed the battlefield at dawn.", "war"),
    ("The astronaut looked back at the planet.", "space"),
    ("火箭飞向太空，宇航员望着地球。", "space"),
    ("雪下了一整夜，村庄一片洁白。", "snow"),
]


@pytest.mark.parametrize(("script", "tag"), TAGS)
def test_tags_say_where_and_what(script, tag):
    assert tag in read(script).scenes[0].tags


def test_a_compound_is_not_its_parts():
    assert "sea" not in read("他住在上海的办公室旁边，马上要花费很多时间。").scenes[0].tags


def test_whom_a_pronoun_means_is_shown():
    script = "An old fisherman lived by the shore.\n\nEvery night he looked at the stars through a small window."
    assert "old fisherman" in read(script, scenes=2).scenes[1].visual_prompt


def test_a_verb_is_not_shown_as_a_thing():
    assert "watches" not in read("The keeper watches the boats.").scenes[0].visual_prompt
