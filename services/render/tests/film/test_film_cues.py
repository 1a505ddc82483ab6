"""Subtitles are cut where a reader breathes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_contracts.shapes import Word
from philo_render.film.cues import Cue, cut, timed
from philo_render.film.format import Format
from philo_render.film.lines import written
from philo_render.film.lit import lit
from philo_render.film.words import setting
from philo_render.film.writing import MOST_LINES, NO_END, NO_START, measure

SHAPES = ("wide", "square", "tall")
ENGLISH = st.text("abcdefgh'-", min_size=1, max_size=60)
PHRASE = st.text("月亮嫦娥中秋", min_size=1, max_size=30)
CHINESE = st.text("月亮嫦娥，。“”（）！中秋a1", min_size=1, max_size=40)


def said(texts: list[str], pace: float = 0.3) -> list[Word]:
    return [Word(text=text, start=i * pace, end=(i + 0.9) * pace) for i, text in enumerate(texts)]


def lines(text: str, shape: str = "wide") -> list[str]:
    rule = measure(text, shape)
    groups = cut(setting(said(text.split()), rule), rule)
    return ["\n".join(written(line) for line in group) for group in groups]


def test_a_short_sentence_stays_on_one_line() -> None:
    assert lines("The lantern went out.") == ["The lantern went out."]


def test_two_sentences_are_two_cues() -> None:
    shown = lines("One night a storm rose without warning. The waves grew tall and the boat was lost.")
    assert shown[0].replace("\n", " ") == "One night a storm rose without warning."


def test_no_two_words_of_a_sentence_are_left_for_a_cue_of_their_own() -> None:
    shown = lines("In 1825 a small steam engine pulled a train of coal wagons across the north of England.")
    assert all(len(cue.split()) > 2 for cue in shown)


def test_a_line_does_not_end_with_an_article() -> None:
    for shown in lines("Tomas followed that small voice through the rain until the boat touched the sand."):
        assert not any(line.endswith((" the", " a")) for line in shown.split("\n"))


def test_a_chinese_line_breaks_after_its_comma() -> None:
    assert lines("很久 以前 ， 嫦娥 偷吃 了 仙药 ， 飞到 了 月亮 上 。", "tall")[0] == "很久以前，\n嫦娥偷吃了仙药，"


def test_chinese_words_are_written_without_spaces() -> None:
    assert lines("每年 中秋 ， 看 月亮 。") == ["每年中秋，看月亮。"]


def test_chinese_inside_an_english_sentence_keeps_its_spaces() -> None:
    assert lines("They call it 中秋 in China.") == ["They call it 中秋 in China."]


def test_korean_keeps_its_spaces() -> None:
    assert lines("달이 밝다") == ["달이 밝다"]


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=40, deadline=None)
@given(
    phrases=st.lists(st.tuples(st.sampled_from(["", "“", "《"]), PHRASE, st.sampled_from(["", "，", "。", "”", "》"])))
)
def test_kinsoku_holds_at_every_line(shape: str, phrases: list[tuple[str, str, str]]) -> None:
    tokens = [token for phrase in phrases for token in phrase]
    rule = measure("月", shape)
    for group in cut(setting(said(tokens), rule), rule):
        for line in map(written, group):
            assert line[0] not in NO_START
            assert line[-1] not in NO_END


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(ENGLISH | CHINESE, min_size=1, max_size=16))
def test_nothing_is_lost_and_no_line_is_too_wide(shape: str, texts: list[str]) -> None:
    rule = measure("".join(texts), shape)
    groups = cut(setting(said(texts), rule), rule)
    shown = "".join(word.text for group in groups for line in group for word in line).replace("\u00a0", "")
    assert shown == "".join(texts)
    assert all(len(group) <= MOST_LINES for group in groups)
    assert all(rule.width(written(line)) <= rule.line + 0.5 for group in groups for line in group)


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(ENGLISH, min_size=1, max_size=20),
    pace=st.floats(0.05, 1.5),
    fps=st.sampled_from([24, 25, 30, 60]),
)
def test_cues_follow_each_other_and_show_every_word_in_time(texts: list[str], pace: float, fps: int) -> None:
    rule = measure("".join(texts), "wide")
    words = setting(said(texts, pace), rule)
    format_ = Format(width=320, height=180, fps=fps)
    last = int((words[-1].end + 1) * fps)
    cues = timed(cut(words, rule), (0, last), format_)
    assert all(a.end_frame <= b.first_frame for a, b in pairwise(cues))
    for cue in cues:
        assert all(word.start * fps + 1 >= 0 for word in cue.words)


def test_a_small_hole_between_cues_is_closed() -> None:
    rule = measure("x", "wide")
    one, two = said(["One."]), [Word(text="Two.", start=0.8, end=1.2)]
    groups = [(setting(one, rule),), (setting(two, rule),)]
    first, second = timed(groups, (0, 60), Format(width=320, height=180, fps=30))
    assert (first.end_frame, first.joined_after, second.joined_before) == (second.first_frame, True, True)


def shining(cue: Cue, frame: int, fps: int) -> list[int]:
    """What shines `frame` frames into the cue."""
    return [index for index, light in lit(cue.words, frame / fps) if light >= 0.5]


@pytest.mark.parametrize("fps", [24, 25, 30, 60])
def test_a_word_shines_within_a_frame_of_its_sound(fps: int) -> None:
    rule = measure("word", "wide")
    words = setting(said(["Tomas", "followed", "that", "small", "voice."], 0.437), rule)
    cue = timed(cut(words, rule), (0, 10 * fps), Format(width=320, height=180, fps=fps))[0]
    for index, word in enumerate(cue.words):
        first = next(frame for frame in range(10 * fps) if index in shining(cue, frame, fps))
        assert abs(first / fps - word.start) <= 1 / fps


def test_the_last_word_goes_out_after_it_was_said() -> None:
    rule = measure("word", "wide")
    words = setting(said(["Out."]), rule)
    assert lit(words, words[-1].end + 0.4) == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("fell | — | $5 | — | rose | .", "fell — $5 — rose."),
        ("fell — | $5 — | rose.", "fell — $5 — rose."),
        ("said—no! | a-b", "said—no! a-b"),
        ("pages | 3–4 | ( | see | )", "pages 3–4 (see)"),
        ("C'est « | vrai » ! | Oui ?", "C'est « vrai » ! Oui ?"),
        ("love 🦊 | and 🌙. | — | no", "love 🦊 and 🌙. — no"),
        ("¿ | Qué | ?", "¿Qué\u00a0?"),
        ("他 | 说 | ： | “ | 好 | ！”—— | 是 | 🌕 | 的 | 。", "他说：“好！”——是🌕的。"),
        ("他 | 说 | ——是 | 的", "他说——是的"),
        ("在 | 2024 | 年 | 用 | Python | 很 | 好 | 吗", "在2024年用Python很好吗"),
        ("오늘은 | 2024년 | 가을", "오늘은 2024년 가을"),
        ("قال | ، | نعم | ؟", "قال، نعم؟"),
        ("नमस्ते | दुनिया | ।", "नमस्ते दुनिया।"),
    ],
)
def test_signs_and_spaces_are_set_as_the_language_sets_them(words: str, shown: str) -> None:
    texts = words.split(" | ")
    rule = measure("".join(texts), "wide")
    line = written(setting(said(texts), rule))
    assert line.replace("\u00a0", " ") == shown.replace("\u00a0", " ")


def test_a_dash_never_begins_a_line_of_its_own(narrate) -> None:
    texts = ["Prices", "fell", "and", "fell", "by", "a", "third", "—", "then", "rose", "again", "to", "nine", "."]
    rule = measure(" ".join(texts), "tall")
    lines = [written(line) for group in cut(setting(said(texts), rule), rule) for line in group]
    assert not any(line.startswith("—") for line in lines)
    assert any("third\u00a0—" in line for line in lines)


def test_every_cue_of_an_arabic_scene_runs_to_the_left_though_it_be_all_latin() -> None:
    texts = ["قالت", "ليلى", "نعم", "اليوم", ".", "Apple", "iPhone", "."]
    rule = measure(" ".join(texts), "tall")
    cues = timed(cut(setting(said(texts), rule), rule), (0, 900), Format(width=90, height=160, fps=30))
    assert len(cues) > 1
    assert all(cue.rtl for cue in cues)
