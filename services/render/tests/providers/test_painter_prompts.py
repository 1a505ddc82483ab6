"""What painters are told, and in what size."""

import pytest

from philo_contracts.shapes import Mood
from philo_kernel.outgoing.words import quoted
from philo_render.providers.painter import Wish
from philo_render.providers.prompts import STYLES, prompt_of
from philo_render.providers.sizes import nearest

PIXELS = ("1024x1024", "1536x1024", "1024x1536")
SHAPES = ("21:9", "16:9", "3:2", "5:4", "1:1", "4:5", "2:3", "9:16", "9:21")


def told(prompt: str, most: int = 1000, **how) -> str:
    return prompt_of(Wish(prompt, 512, 512, **how), most)


def test_a_prompt_ends_in_its_style():
    assert told("A mill.", style="ink") == f"A mill. {STYLES.style['ink']} {STYLES.always}"


def test_a_mood_adds_its_light():
    assert STYLES.mood[Mood.SCARY] in told("A mill.", mood=Mood.SCARY)


def test_a_style_that_is_not_known_speaks_for_itself():
    assert told("A mill.", style="as a mosaic of small stones").startswith("A mill. as a mosaic of small stones ")


@pytest.mark.parametrize("text", ["a long river " * 999, "河" * 9999, "x" * 9999], ids=["words", "chinese", "one word"])
@pytest.mark.parametrize("most", [400, 1000])
def test_a_prompt_keeps_its_bound_and_its_style(text, most):
    prompt = told(text, most)
    assert len(prompt) <= most
    assert prompt.endswith(STYLES.always)


def test_a_prompt_is_cut_behind_a_word():
    assert told("river " * 999, 500).split(" Layered")[0].endswith("river")


def test_what_cannot_be_seen_is_not_told():
    assert told("A\u200b mill\n\tby\x00 a\u202e river\ud800").startswith("A mill by a river Layered")


def test_a_style_that_leaves_no_room_is_an_error():
    with pytest.raises(ValueError, match="no room"):
        told("A mill.", 100)


@pytest.mark.parametrize(
    ("wished", "offered", "found"),
    [
        ((1920, 1080), PIXELS, "1536x1024"),
        ((1080, 1920), PIXELS, "1024x1536"),
        ((1000, 1000), PIXELS, "1024x1024"),
        ((1080, 1350), SHAPES, "4:5"),
        ((1920, 1080), SHAPES, "16:9"),
        ((640, 360), ("2048x1152", "1536x864", "1024x1024"), "1536x864"),
        ((1700, 956), ("2048x1152", "1536x864", "1024x1024"), "2048x1152"),
        ((3840, 2160), ("2048x1152", "1536x864", "1024x1024"), "2048x1152"),
    ],
)
def test_the_nearest_size_is_that_of_like_shape_that_just_covers_the_wish(wished, offered, found):
    assert nearest(wished, offered) == found


@pytest.mark.parametrize(
    "said",
    ["Wrong: top-secret!", "Wrong: sk-proj-ab***yz", "Bearer abc.def", "See https://host/a?sig=1", "org-AbC123dEf"],
)
def test_what_a_provider_says_is_shown_without_keys_and_links(said):
    shown = quoted(said, "top-secret")
    assert "***" in shown
    assert not [word for word in ("secret", "proj", "abc", "sig", "AbC") if word in shown]


def test_what_a_provider_says_is_shown_on_one_line_of_some_words():
    shown = quoted("No.\n" * 999, "key")
    assert (len(shown) <= 240, "\n" in shown) == (True, False)
