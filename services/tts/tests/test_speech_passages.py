import pytest
from hypothesis import given
from hypothesis import strategies as st

from philo_tts.speech import clean, passages
from philo_tts.speech.passages import LONGEST


def cut(text, language):
    return [(passage.text, passage.language) for passage in passages(text, language)]


def test_a_passage_is_a_sentence():
    assert cut('He said: "Stop!" Then he left... Why?', "en") == [
        ('He said: "Stop!"', "en"),
        ("Then he left...", "en"),
        ("Why?", "en"),
    ]


@pytest.mark.parametrize(
    "sentence", ["Dr. J. Smith met Mr. Jones.", "It is 5.5 m, e.g. This one.", "See philo.dev now."]
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(sentence):
    assert cut(sentence, "en") == [(sentence, "en")]


def test_a_sentence_of_another_language_is_told():
    assert cut("We begin. 你好，世界。Привет мир.", "en") == [
        ("We begin.", "en"),
        ("你好，世界。", "zh"),
        ("Привет мир.", "ru"),
    ]
    assert cut("今天开始。Let us begin now.", "zh") == [("今天开始。", "zh"), ("Let us begin now.", "en")]


def test_a_word_that_the_voice_cannot_read_is_its_own_passage():
    assert cut("We visited 北京 last year.", "en") == [("We visited", "en"), ("北京", "zh"), ("last year.", "en")]


def test_a_foreign_name_stays_in_its_chinese_sentence():
    assert cut("我用iPhone打电话。", "zh") == [("我用iPhone打电话。", "zh")]


def test_kana_make_a_sentence_japanese():
    assert cut("世界は広い。", "en") == [("世界は広い。", "ja")]


def test_the_end_of_a_paragraph_is_told():
    assert [passage.paragraph for passage in passages("One. Two.\n\nThree", "en")] == [False, True, True]


def test_control_characters_are_removed_and_blanks_are_one():
    assert clean("a\x00b\r\nc \t \u202e d\u200b") == "ab\nc d"


@given(st.text(alphabet="ab ,.，。!\n世界", max_size=900), st.sampled_from(["en", "zh"]))
def test_passages_are_short_and_lose_nothing(text, language):
    found = passages(text, language)
    assert all(0 < len(passage.text) <= LONGEST for passage in found)
    assert "".join("".join(passage.text for passage in found).split()) == "".join(clean(text).split())
