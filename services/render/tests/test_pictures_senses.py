"""Words with several meanings, and what a text says is not there."""

import csv
from importlib.resources import files

import pytest

from philo_contracts.shapes import Scene
from philo_render.pictures import compose
from philo_render.pictures.matching.lexicon import lexicon
from philo_render.pictures.matching.negation import without_denied, without_denied_zh
from philo_render.pictures.matching.senses import meanings

_MATCHING = files("philo_render.pictures.matching")


def shown(narration: str) -> set[str]:
    """Names of the illustrations and of the backdrop."""
    language = "zh" if narration[0] > "\u3000" else "en"
    scene = Scene(id="s", index=0, title="", narration=narration, visual_prompt="", language=language)
    plan = compose(scene, (1280, 720), seed=1)
    return {plan.backdrop, *(placed.name for placed in plan.illustrations)}


@pytest.mark.parametrize(
    ("narration", "seen", "unseen"),
    [
        ("He swung the bat and hit the ball over the fence.", "baseball", "bat"),
        ("A bat flew out of the old tower.", "bat", "baseball"),
        ("They sat on the bank of the river and fished.", "river", "bank"),
        ("The bank raised its interest rates again.", "coin", "river"),
        ("A crane lifted steel beams to the top of the building.", "city", "flamingo"),
        ("The white crane danced at the edge of the water.", "flamingo", "building-construction"),
        ("Click the left mouse button to open the file.", "computer-mouse", "mouse"),
        ("The suitcase is as light as a feather.", "luggage", "light-bulb"),
        ("Python is a programming language.", "code", "snake"),
        ("The virus deleted the files on every computer.", "code", "microbe"),
        ("Apple presented a new phone today.", "briefcase", "red-apple"),
        ("苹果公司今天发布了新手机。", "mobile-phone", "red-apple"),
        ("这种电脑病毒通过邮件传播。", "code", "microbe"),
        ("他把所有的钱都花光了。", "money-bag", "bloom"),
    ],
)
def test_the_words_beside_it_tell_what_a_word_means(narration: str, seen: str, unseen: str) -> None:
    names = shown(narration)
    assert seen in names
    assert unseen not in names


@pytest.mark.parametrize(
    ("narration", "unseen"),
    [
        ("There were no wolves in the forest any more.", "wolf"),
        ("It was not a lion but a mouse.", "lion"),
        ("She walked home without an umbrella.", "passer-by"),
        ("Neither the fox nor the owl answered.", "fox"),
        ("We took the train instead of the plane.", "airplane"),
        ("森林里没有狼，只有一只狐狸。", "wolf"),
        ("那不是一只老虎，而是一只猫。", "tiger"),
    ],
)
def test_what_is_denied_is_not_shown(narration: str, unseen: str) -> None:
    assert unseen not in shown(narration)


def test_a_deed_that_was_not_done_keeps_its_place() -> None:
    assert "river" in without_denied("he did not cross the river")


def test_denial_ends_with_the_thing_denied() -> None:
    assert without_denied("no wolves, only a fox").split() == ["no", ",", "only", "a", "fox"]
    assert without_denied_zh("没有狼，只有狐狸", {"狼", "狐狸"}.__contains__) == "没有，，只有狐狸"


def test_meanings_are_words_of_the_cue_table() -> None:
    assert meanings() <= set(lexicon().english) | set(lexicon().chinese)


def test_the_cue_table_is_long_and_sorted() -> None:
    rows = list(csv.DictReader(_MATCHING.joinpath("cues.csv").read_text("utf-8").splitlines(), delimiter=";"))
    assert len(rows) >= 500
    heads = [((row["english"] or "~").split(",")[0].casefold(), row["chinese"]) for row in rows]
    assert heads == sorted(heads)


@pytest.mark.parametrize(
    "narration", ["Shares of the carmaker fell eight percent on Friday.", "公司股价今天下跌了百分之八。"]
)
def test_what_falls_is_drawn_falling(narration: str) -> None:
    language = "zh" if narration[0] > "\u3000" else "en"
    scene = Scene(id="s", index=0, title="", narration=narration, visual_prompt="", language=language)
    plan = compose(scene, (1280, 720), seed=1)
    assert plan.backdrop == "chart"
    assert "falling" in plan.details


def test_houses_and_horses_stay_outside() -> None:
    assert not shown("Rain on the window, and nobody in the house to hear it.") & {"cottage"}
    assert "horse" not in shown("She wrote letters about her horse in the quiet room.")
