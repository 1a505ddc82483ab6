"""Letters: every grapheme is written by a font that knows it, or reported."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from philo_contracts.shapes import VideoConfig, Word
from philo_render.film import missing_glyphs, plan, srt, vtt
from philo_render.film.fallback import LATIN_CHAIN, chain_for, runs, uncovered, writable
from philo_render.film.faults import BrokenFontError
from philo_render.film.fonts import ARABIC, DEVANAGARI, HAN_SIMPLE, HEBREW, INTER, JAPANESE, THAI, coverage
from philo_render.film.lettering import Canvas
from philo_render.film.own_font import uploaded
from philo_render.film.typesetting import Style, length, set_line
from philo_render.film.words import setting
from philo_render.film.writing import measure

FLAG = "🇦🇶"
STYLE = Style(LATIN_CHAIN, 48, 650)


def written(text: str, *, rtl: bool = False) -> Canvas:
    style = STYLE._replace(chain=chain_for(text))
    canvas = Canvas(600, 120)
    canvas.write(set_line([text], [0.0], style, rtl=rtl), style, 20, 80)
    return canvas


@pytest.mark.parametrize(
    "text",
    [
        "The naïve café — “月亮” 嫦娥，。№ → Ελλάς Привет",
        "قال: أهلاً، كيف حالك؟ ٥ שלום לכם",
        "नमस्ते दुनिया। আমার தமிழ் తెలుగు",
        "สวัสดี ສະບາຍດີ ភាសាខ្មែរ မြန်မာ አማርኛ",
        "한국어 日本語のカタカナ",
        "🦊 🌙 ❤️ 👍🏽 😀 1️⃣ 👩‍🏫",
    ],
)
def test_nothing_of_what_people_write_is_missing(text: str) -> None:
    assert missing_glyphs(text) == ()


def test_a_grapheme_that_no_font_has_is_reported_whole() -> None:
    assert missing_glyphs(f"a {FLAG} b {FLAG}") == (FLAG,)


def test_a_grapheme_that_no_font_has_is_never_drawn() -> None:
    canvas = written(FLAG)
    assert not canvas.shape.any()
    assert length(FLAG, STYLE) == 0


@pytest.mark.parametrize(
    ("text", "left"), [(f"love {FLAG}.", "love."), (f"a {FLAG} b", "a b"), (f"{FLAG} a", "a"), (f"a{FLAG}", "a")]
)
def test_what_cannot_be_drawn_leaves_no_gap(text: str, left: str) -> None:
    assert writable(text, LATIN_CHAIN) == left


def test_a_word_that_cannot_be_drawn_takes_no_room_on_its_line() -> None:
    with_flag = set_line(["a", FLAG, "b"], [0, 10, 10], STYLE)
    assert with_flag.width == set_line(["a", "b"], [0, 10], STYLE).width


@pytest.mark.parametrize(
    ("text", "faces"),
    [
        ("看Python吧", [("看", HAN_SIMPLE), ("Python", INTER), ("吧", HAN_SIMPLE)]),
        ("كتاب جديد Py.", [("كتاب جديد ", ARABIC), ("Py", INTER), (".", ARABIC)]),
        ("שלום!", [("שלום!", HEBREW)]),
        ("नमस्ते।", [("नमस्ते।", DEVANAGARI)]),
        ("ปี 2024", [("ปี ", THAI), ("2024", INTER)]),
        ("月が綺麗", [("月が綺麗", JAPANESE)]),
        ("I 🦊 you", [("I ", INTER), ("🦊", None), (" you", INTER)]),
    ],
)
def test_each_writing_gets_its_own_face(text: str, faces: list) -> None:
    assert [(run.text, run.face) for run in runs(text, chain_for(text))] == faces


def test_a_combined_letter_is_not_torn_apart() -> None:
    assert [run.text for run in runs("cafe\u0301", LATIN_CHAIN)] == ["cafe\u0301"]


@pytest.mark.parametrize("text", ["Tomas", "嫦娥", "नमस्ते", "สวัสดี"])
def test_letters_fill_the_advance_they_announce(text: str) -> None:
    columns = np.flatnonzero(written(text).cover.any(axis=0))
    assert columns[0] >= 17
    assert abs(columns[-1] - 20 - length(text, STYLE._replace(chain=chain_for(text)))) < 8


def test_arabic_letters_are_joined_when_they_are_drawn() -> None:
    """Four letters apart are wider than the word they make, and the word hangs together."""
    word, apart = written("سلام", rtl=True), written("س\u200cل\u200cا\u200cم", rtl=True)
    assert np.count_nonzero(word.cover.any(axis=0)) < 0.85 * np.count_nonzero(apart.cover.any(axis=0))


def test_a_font_that_is_handed_over_tells_what_it_can_write() -> None:
    source = files(INTER.package) / "fonts" / "ofl" / INTER.path
    face = uploaded(source.read_bytes())
    assert ord("é") in coverage(face)
    assert ord("月") not in coverage(face)
    assert uncovered("é 月 🦊 5 ก", face) == ("月", "ก")
    assert runs("é月", (face,)) == [("é", face), ("月", HAN_SIMPLE)]


@pytest.mark.parametrize("data", [b"", b"no font", b"\x00\x01\x00\x00" + bytes(60)])
def test_what_is_no_font_is_refused_with_words(data: bytes) -> None:
    with pytest.raises(BrokenFontError, match="TrueType"):
        uploaded(data)


def test_a_thai_vowel_is_never_parted_from_the_consonant_it_stands_before() -> None:
    rule = measure("ก", "tall")
    text = "เมืองเก่าแห่งนี้ไม่เคยเงียบเหงาเพราะเสียงเพลงไทยโบราณใต้แสงไฟ" * 3
    pieces = setting([Word(text=text, start=0.0, end=9.0)], rule)
    assert len(pieces) > 3
    assert "".join(piece.text for piece in pieces) == text
    assert not any(piece.text[-1] in "เแโใไ" for piece in pieces)


def test_srt_is_what_the_film_shows(narrations) -> None:
    text = srt(plan(narrations, VideoConfig(), "A"))
    assert text.startswith("1\n00:00:03,400 --> ")
    assert "\nEvery evening,\nold Tomas" in text
    assert "每年中秋，" in text


def test_vtt_escapes_its_own_signs(narrate) -> None:
    text = vtt(plan([narrate(0, "Tom & <Jerry> went out.")], VideoConfig(), "A"))
    assert text.startswith("WEBVTT\n\n00:00:03.400 --> ")
    assert "Tom &amp; &lt;Jerry&gt; went out." in text
