"""Genres by whatever people call them."""

import pytest

from philo_tts.music import nearest_genre
from philo_tts.music.rules.tables import CASTS, GENRES


@pytest.mark.parametrize("genre", list(GENRES))
def test_every_genre_has_a_cast_and_is_itself(genre: str):
    assert genre in CASTS
    assert nearest_genre(genre) == (genre, None)


@pytest.mark.parametrize(
    ("word", "genre"),
    [
        ("Folk", "acoustic"),
        ("LO_FI", "lo-fi"),
        ("hip-hop", "lo-fi"),
        ("pentatonic", "chinese"),
        ("古风", "chinese"),
        ("", "ambient"),
    ],
)
def test_another_word_for_a_genre_is_understood_without_a_warning(word: str, genre: str):
    assert nearest_genre(word) == (genre, None)


@pytest.mark.parametrize(
    ("word", "genre"),
    [
        ("epic trailer music", "orchestral"),
        ("orchestrall", "orchestral"),
        ("古风音乐", "chinese"),
        ("gregorian", "ambient"),
    ],
)
def test_of_other_genres_the_nearest_is_played_with_a_warning(word: str, genre: str):
    named = nearest_genre(word)
    assert named.genre == genre
    assert word in named.warning
    assert "It knows ambient, piano" in named.warning


def test_no_word_stands_for_two_genres():
    words = [word for rules in GENRES.values() for word in rules.also]
    assert len(words) == len(set(words))
