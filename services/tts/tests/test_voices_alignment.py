from hypothesis import given
from hypothesis import strategies as st

from philo_tts.speech import Token
from philo_tts.voices.alignment import Phone, word_spans
from philo_tts.voices.espeak_reader import spans
from philo_tts.voices.narration import fold


def phones(text):
    """One phoneme a second."""
    return [Phone(symbol, at, at + 1) for at, symbol in enumerate(text)]


def test_words_that_are_said_as_one_are_parted_by_their_phonemes():
    assert word_spans(phones("fɹʌmðə stɑt"), ["fɹʌm", "ðə", "stɑt"]) == [(0, 4), (4, 6), (7, 11)]


def test_a_word_that_sounds_different_in_its_sentence_is_still_found():
    assert word_spans(phones("ɪnðɪ ɛnd"), ["ɪn", "ðə", "ɛnd"]) == [(0, 2), (2, 4), (5, 8)]


def test_a_word_that_is_said_in_two_groups_is_one():
    assert word_spans(phones("wɛl noʊn stɛt"), ["wɛlnoʊn", "stɛt"]) == [(0, 8), (9, 13)]


def test_a_word_that_is_swallowed_shares_the_time_of_its_neighbour():
    (_, first_end), (second_start, second_end) = word_spans(phones("kæt"), ["kæt", "ə"])
    assert first_end == second_start < second_end == 3


def test_silence_leaves_every_word_without_time():
    assert word_spans([], ["kæt", "ə"]) == [(0, 0), (0, 0)]


@given(st.text("abc ", max_size=20), st.lists(st.text("abc", max_size=4), max_size=6))
def test_every_word_has_its_place_in_order(heard, words):
    found = word_spans(phones(heard), words)
    assert len(found) == len(words)
    edges = [edge for span in found for edge in span]
    assert edges == sorted(edges)


def test_words_without_an_event_share_the_time_until_the_next():
    places = [(0, 1), (1, 2), (3, 4)]
    assert spans(places, [(0, 0.0), (3, 1.0)], 1.5) == ((0.0, 0.5), (0.5, 1.0), (1.0, 1.5))


def test_events_that_come_out_of_order_leave_the_words_in_order():
    assert spans([(0, 1), (1, 2), (2, 3)], [(0, 0.0), (1, 0.8), (2, 0.5)], 1.0) == ((0.0, 0.8), (0.8, 0.8), (0.8, 1.0))


def test_spoken_words_fold_back_to_the_shown_ones():
    tokens = [Token("$5", ("five",)), Token("million.", ("million", "dollars"), ".")]
    words = fold(tokens, [(0.1, 0.3), (0.4, 0.8), (0.8, 1.2)], offset=2.0)
    assert [(word.text, word.start, word.end) for word in words] == [("$5", 2.1, 2.3), ("million.", 2.4, 3.2)]
