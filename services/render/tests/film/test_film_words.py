"""Letters: every grapheme is written by a font that knows it, or reported."""

from __future__ import annotations

import numpy as np
import pytest

from philo_contracts.shapes import VideoConfig
from philo_render.film import missing_glyphs, plan, srt, vtt
from philo_render.film.fonts import HAN_CHAIN, HAN_SIMPLE, INTER, LATIN_CHAIN, runs
from philo_render.film.lettering import Canvas, Style, length


def test_plain_english_and_chinese_miss_nothing() -> None:
    assert missing_glyphs("The naïve café — “月亮” 嫦娥，。№ → Ελλάς Привет") == ()


def test_a_grapheme_that_no_font_has_is_reported_whole() -> None:
    family = "👩‍👩‍👧"
    assert missing_glyphs(f"a {family} b {family}") == (family,)


def test_a_grapheme_that_no_font_has_is_never_drawn() -> None:
    style = Style(LATIN_CHAIN, 40, 650)
    canvas = Canvas(80, 80)
    canvas.write("👩‍👩‍👧", style, 10, 60)
    assert not canvas.cover.any()
    assert length("👩‍👩‍👧", style) == 0


def test_each_writing_gets_its_own_face() -> None:
    assert [(run.text, run.face) for run in runs("看Python吧", HAN_CHAIN)] == [
        ("看", HAN_SIMPLE),
        ("Python", INTER),
        ("吧", HAN_SIMPLE),
    ]


def test_a_combined_letter_is_not_torn_apart() -> None:
    assert [run.text for run in runs("cafe\u0301", LATIN_CHAIN)] == ["cafe\u0301"]


@pytest.mark.parametrize("text", ["Tomas", "嫦娥"])
def test_letters_fill_the_advance_they_announce(text: str) -> None:
    style = Style(LATIN_CHAIN, 48, 650)
    canvas = Canvas(400, 100)
    canvas.write(text, style, 20, 70)
    columns = np.flatnonzero(canvas.cover.any(axis=0))
    assert columns[0] >= 18
    assert abs(columns[-1] - 20 - length(text, style)) < 8


def test_srt_is_what_the_film_shows(narrations) -> None:
    text = srt(plan(narrations, VideoConfig(), "A"))
    assert text.startswith("1\n00:00:03,400 --> ")
    assert "\nEvery evening,\nold Tomas" in text
    assert "每年中秋，" in text


def test_vtt_escapes_its_own_signs(narrate) -> None:
    text = vtt(plan([narrate(0, "Tom & <Jerry> went out.")], VideoConfig(), "A"))
    assert text.startswith("WEBVTT\n\n00:00:03.400 --> ")
    assert "Tom &amp; &lt;Jerry&gt; went out." in text
