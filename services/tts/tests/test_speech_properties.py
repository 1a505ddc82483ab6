"""What holds for every text and language: nothing shown is lost, everything shown is said, no figure is left."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from philo_contracts.shapes import Word
from philo_tts.speech import clean, speak_plan
from philo_tts.voices.narration import fold

LANGUAGES = st.sampled_from(["en", "zh", "yue", "ja", "de", "fr", "es", "it", "ar"])
FIGURES = st.text(alphabet="0123456789.,:/-–~$€¥%°kmMGh& #IVXXe'年月日点万个½²+()… ", max_size=16)


def bare(text):
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=50), FIGURES), LANGUAGES)
def test_what_is_shown_is_the_text_and_each_of_it_is_said(text, language):
    tokens = speak_plan(text, language)
    assert all(token.spoken and all(token.spoken) for token in tokens)
    if tokens:
        assert bare("".join(token.shown for token in tokens)) == bare(clean(text))


@settings(max_examples=150, deadline=None)
@given(FIGURES, st.sampled_from(["en", "zh", "de", "fr", "es"]))
def test_no_figure_is_left_for_the_voice_to_guess(text, language):
    words = [word for token in speak_plan(text, language) for word in token.spoken]
    assert not any(sign.isdecimal() and sign.isascii() for word in words for sign in word)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=50), FIGURES), LANGUAGES, st.dictionaries(st.text(max_size=4), st.text(max_size=6)))
def test_wished_pronunciations_lose_nothing_either(text, language, wishes):
    tokens = speak_plan(text, language, wishes)
    assert all(token.spoken and all(token.spoken) for token in tokens)
    if tokens:
        assert bare("".join(token.shown for token in tokens)) == bare(clean(text))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="a 12.$%,Dr", min_size=1, max_size=40), st.data())
def test_times_of_shown_words_are_in_order_and_every_word_has_some(text, data):
    tokens = speak_plan(text, "en")
    assume(tokens)
    count = sum(len(token.spoken) for token in tokens)
    lengths = data.draw(st.lists(st.floats(0.01, 1), min_size=count, max_size=count))
    at, spans = 0.0, []
    for length in lengths:
        spans.append((at, at + length))
        at += length
    words: list[Word] = fold(tokens, spans, 0.0)
    edges = [edge for word in words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert len(words) == len(tokens)
    assert all(word.end > word.start for word in words)


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_every_table_of_a_language_can_say_its_numbers(language):
    for number in (0, 1, 21, 100, 1984, 1_000_000, 10**15 - 1, 10**15, 999_999_999_999_999_936, 10**30 + 7):
        (token,) = speak_plan(str(number), language)
        assert not any(sign.isdigit() for word in token.spoken for sign in word)
