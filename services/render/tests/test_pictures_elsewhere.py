"""Languages without a cue table, words that are only like others, and who is worth a place."""

from __future__ import annotations

import pytest

from philo_contracts.shapes import Scene
from philo_render.pictures import compose
from philo_render.pictures.matching import read_scene
from philo_render.pictures.matching.elsewhere import glossed

WIDE = (640, 360)


def scene(narration: str, language: str = "en") -> Scene:
    return Scene(id="s01", index=0, title="", narration=narration, visual_prompt="", language=language)


@pytest.mark.parametrize(
    ("narration", "language", "backdrop"),
    [
        ("كل صباح كان يركب قاربه في البحر.", "ar", "sea"),
        ("وفي ليلة عاصفة رأى ضوءا بعيدا.", "ar", "storm"),
        ("नदी के किनारे एक नाव थी।", "hi", "river"),
        ("रेगिस्तान में एक ऊँट था।", "hi", "desert"),
    ],
)
def test_arabic_and_hindi_nouns_choose_the_place(narration: str, language: str, backdrop: str) -> None:
    assert compose(scene(narration, language), WIDE, seed=1).backdrop == backdrop


def test_a_language_that_is_not_in_the_table_has_no_gloss() -> None:
    assert glossed("Das Meer war still.", "de") == ""


def test_a_town_with_an_accent_is_not_the_word_inside_it() -> None:
    assert "money-bag" not in dict(read_scene(scene("Then the train to Zürich.")).ranked())


def test_an_orange_sky_is_no_fruit() -> None:
    assert not read_scene(scene("What is left for you is orange and red, and sunsets glow.")).ranked()


def test_a_rainbow_that_is_named_is_in_the_sky() -> None:
    assert "rainbow" in compose(scene("A rainbow stood over the meadow."), WIDE, seed=1).details


def test_somebody_finds_a_place_when_the_words_only_hint_at_one_where_nobody_can_be() -> None:
    plan = compose(scene("The old woman stood still in a little wind."), WIDE, seed=1)
    assert plan.illustrations
