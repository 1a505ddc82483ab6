"""Right to left and left to right on one line: every word stands where it is read."""

from __future__ import annotations

import numpy as np
import pytest

from philo_render.film.bidi import levels, runs_right_to_left, visual
from philo_render.film.fallback import chain_for
from philo_render.film.lettering import Canvas
from philo_render.film.typesetting import Line, Style, set_line


def seen(text: str, *, rtl: bool) -> str:
    """The characters from left to right; capitals stand for Hebrew letters, as in the tables of UAX #9."""
    hebrew = {chr(ord("A") + n): chr(0x5D0 + n) for n in range(26)}
    real = "".join(hebrew.get(c, c) for c in text)
    return "".join(text[at] for at in visual(levels(real, rtl=rtl)))


@pytest.mark.parametrize(
    ("text", "rtl", "expected"),
    [
        ("car means CAR.", False, "car means RAC."),
        ("CAR means car.", True, ".means car RAC"),
        ("he said (CAR) again", False, "he said (RAC) again"),
        ("SAID (phone 15) TODAY", True, "YADOT )phone 15( DIAS"),
        ("PRICE 3.50$ TODAY", True, "YADOT 3.50$ ECIRP"),
        ("IN-14 MAY", True, "YAM 14-NI"),
        ("A, b, C", True, "C ,b ,A"),
        ("plain words.", False, "plain words."),
    ],
)
def test_mixed_text_is_seen_in_the_order_unicode_gives_it(text: str, rtl: bool, expected: str) -> None:
    assert seen(text, rtl=rtl) == expected


def test_arabic_digits_run_to_the_right_inside_text_that_runs_to_the_left() -> None:
    text = "عام ٢٠٢٤ م"
    assert [levels(text, rtl=True)[at] for at in (0, 4, 7, 9)] == [1, 2, 2, 1]


def test_the_greater_part_of_the_words_says_where_a_text_begins() -> None:
    assert runs_right_to_left("قال Tom أهلا")
    assert not runs_right_to_left("Tom said أهلا")
    assert not runs_right_to_left("1984 …")


def set_(words: list[str]) -> tuple[Line, Style]:
    style = Style(chain_for(" ".join(words)), 48, 650)
    return set_line(words, [0.0] + [14.0] * (len(words) - 1), style, rtl=True), style


def test_the_first_word_of_an_arabic_line_stands_at_its_right_end() -> None:
    line, _ = set_(["قالت", "ليلى", "نعم"])
    places = [word.left for word in line.words]
    assert places == sorted(places, reverse=True)
    assert line.words[0].right == pytest.approx(line.width)


def test_latin_words_inside_arabic_keep_their_own_order() -> None:
    line, _ = set_(["هاتف", "Apple", "iPhone", "15", "جديد"])
    first, apple, iphone, number, last = (word.left for word in line.words)
    assert last < apple < iphone < number < first


@pytest.mark.parametrize("words", [["قالت", "Apple", "(iPhone", "15)", "نعم؟"], ["ב-14", "Israel", "נכון?"]])
def test_the_box_of_a_word_is_where_its_ink_is(words: list[str]) -> None:
    line, style = set_(words)
    for index, word in enumerate(line.words):
        canvas = Canvas(line.width + 80, 140)
        canvas.write(line, style, 40, 90, word=index)
        columns = np.flatnonzero(canvas.cover.any(axis=0)) - 40
        assert word.outer_left - 4 <= columns[0]
        assert columns[-1] <= word.outer_right + 4
        assert columns[-1] - columns[0] > 0.6 * (word.outer_right - word.outer_left)


def test_words_that_are_drawn_alone_make_the_line_that_is_drawn_at_once() -> None:
    line, style = set_(["قالت", "Apple", "2024", "نعم؟"])
    whole = Canvas(line.width + 80, 140)
    whole.write(line, style, 40, 90)
    alone = np.zeros_like(whole.cover)
    for index in range(4):
        canvas = Canvas(line.width + 80, 140)
        canvas.write(line, style, 40, 90, word=index)
        alone = np.maximum(alone, canvas.cover)
    assert np.abs(alone.astype(int) - whole.cover).max() <= 2


def test_signs_round_a_word_do_not_shine_with_it() -> None:
    line, _ = set_(["(نعم)،"])
    word = line.words[0]
    assert word.outer_left < word.left - 5
    assert word.right < word.outer_right - 5
