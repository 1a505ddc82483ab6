"""Emoji are pictures in colour, as wide as they say, whoever stands in them."""

from __future__ import annotations

import numpy as np
import pytest

from philo_render.film import emoji
from philo_render.film.fallback import LATIN_CHAIN
from philo_render.film.lettering import Canvas
from philo_render.film.raster import colour
from philo_render.film.typesetting import EMOJI_ADVANCE, Style, length, set_line

STYLE = Style(LATIN_CHAIN, 50, 650)


@pytest.mark.parametrize(
    ("cluster", "name"),
    [
        ("🦊", "fox"),
        ("🌙", "crescent-moon"),
        ("❤️", "red-heart"),
        ("👍🏽", "thumbs-up"),
        ("👩🏿\u200d🚀", "woman-astronaut"),
        ("👩\u200d👩\u200d👧", "woman"),
        ("👉", "backhand-index-pointing-right"),
        ("7️⃣", "keycap-7"),
        ("a", None),
        ("月", None),
        ("❤\ufe0e", None),
    ],
)
def test_an_emoji_is_known_by_its_common_name(cluster: str, name: str | None) -> None:
    assert emoji.named(cluster) == name


def test_letters_digits_and_signs_of_text_are_not_made_pictures() -> None:
    assert not any(emoji.is_wished(sign) for sign in "a7#*©™№→")


def test_every_emoji_with_a_name_has_a_picture() -> None:
    own = {path.stem for path in (emoji.SIGNS / "signs").iterdir()}
    pack = {path.name.removesuffix(".webp") for path in emoji.PACK.iterdir()}
    assert set(emoji.names().values()) <= own | pack


def test_an_emoji_has_the_room_it_announces() -> None:
    assert length("🦊", STYLE) == pytest.approx(EMOJI_ADVANCE * 50)
    assert length("👩\u200d👩\u200d👧", STYLE) == pytest.approx(EMOJI_ADVANCE * 50)


def test_an_emoji_is_drawn_in_colour_between_letters() -> None:
    canvas = Canvas(300, 100)
    canvas.write(set_line(["I", "🦊", "you"], [0, 12, 12], STYLE), STYLE, 20, 70)
    raster = canvas.inked(colour(255, 255, 255))
    orange = (raster.planes.v.astype(int) - raster.planes.u) > 60
    columns = 2 * np.flatnonzero(orange.any(axis=0))
    assert 35 < columns[0] < columns[-1] < 20 + 12 + 16 + EMOJI_ADVANCE * 50
    assert columns[-1] - columns[0] > 30


def test_an_emoji_covers_its_ground_and_no_more() -> None:
    canvas = Canvas(120, 100)
    canvas.write(set_line(["🌕"], [0], STYLE), STYLE, 20, 70)
    covered = canvas.inked(colour(255, 255, 255)).through < 10
    assert 0.6 < np.count_nonzero(covered) / (0.785 * 54**2) < 1.1
