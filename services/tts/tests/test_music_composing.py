"""What a composed piece promises, whatever the mood, genre and length."""

import math

import pytest

from philo_contracts.shapes import Mood
from philo_tts.music import Score, UnplayableWish, compose
from philo_tts.music.composing.chords import pitches
from philo_tts.music.composing.voicing import voicing
from philo_tts.music.rules.tables import CASTS, FIGURES, MOODS, RHYTHMS

LONGEST_GAP = 0.6
CLASHES = (1, 13)
every_mood = pytest.mark.parametrize("mood", list(Mood))
every_genre = pytest.mark.parametrize("genre", list(CASTS))


def longest_gap(score: Score) -> float:
    """Seconds of the longest time in which no note is held, up to the last chord."""
    reached, gap = 0.0, 0.0
    for note in score.notes:
        gap = max(gap, min(note.at, score.final) - reached)
        reached = max(reached, note.at + note.length)
    return max(gap, score.final - reached)


def clash_share(score: Score) -> float:
    """Share of pairs of long tones, sounding together, that rub as a semitone or a minor ninth."""
    held = [note for note in score.notes if note.length > 0.5 and note.role != "drums"]
    pairs = [
        abs(one.key - other.key)
        for index, one in enumerate(held)
        for other in held[index + 1 : index + 40]
        if min(one.at + one.length, other.at + other.length) - other.at > 0.5
    ]
    return sum(pair in CLASHES for pair in pairs) / max(1, len(pairs))


@every_mood
@every_genre
def test_every_wish_gives_a_piece_without_holes_that_ends_on_time(mood: Mood, genre: str):
    seconds = 3 if genre == "piano" else 21.7
    score = compose(mood, seconds, genre=genre, seed=5)
    assert score.seconds == seconds
    assert longest_gap(score) < LONGEST_GAP
    assert max(note.at for note in score.notes) < seconds - 1


@every_mood
@pytest.mark.parametrize("genre", ["piano", "lo-fi"])
def test_held_tones_hardly_ever_rub(mood: Mood, genre: str):
    assert clash_share(compose(mood, 40, genre=genre, seed=3)) < 0.015


def test_equal_wishes_give_equal_scores():
    assert compose(Mood.CALM, 30, seed=1) == compose(Mood.CALM, 30, seed=1)


def test_another_seed_gives_another_piece():
    assert compose(Mood.CALM, 30, seed=1).notes != compose(Mood.CALM, 30, seed=2).notes


def test_every_mood_has_rules_of_its_own():
    assert set(MOODS) == set(Mood)


def test_the_tempo_stays_near_the_moods_own():
    slow, quick = MOODS[Mood.HAPPY].tempo
    assert slow * 0.88 < compose(Mood.HAPPY, 60, genre="acoustic", seed=2).tempo < quick * 1.13


def test_the_piece_ends_on_the_chord_its_mood_asks_for():
    assert compose(Mood.EPIC, 40, seed=4).chords[-1].name == "I"


def test_a_long_piece_changes_key_and_comes_home():
    score = compose(Mood.SERIOUS, 600, seed=9)
    roots = {chord.pitches[0] for chord in score.chords}
    assert len(roots) > len({chord.pitches[0] for chord in compose(Mood.SERIOUS, 30, seed=9).chords})
    assert score.chords[-1].pitches[0] == score.tonic


def test_a_long_piece_breathes_between_quiet_and_lively_sections():
    energies = [section.energy for section in compose(Mood.HAPPY, 120, seed=1).sections]
    assert min(energies) < 0.4
    assert max(energies) > 0.75


@pytest.mark.parametrize("seconds", [0, -1, 2.9, math.nan, math.inf, 3 * 3600])
def test_a_length_that_cannot_be_played_is_refused_with_words(seconds: float):
    with pytest.raises(UnplayableWish, match="Music lasts from 3 to 1800 seconds"):
        compose(Mood.CALM, seconds, seed=1)


def test_of_an_unknown_genre_the_nearest_is_played():
    assert compose(Mood.CALM, 30, genre="Orchestrale", seed=1) == compose(Mood.CALM, 30, genre="orchestral", seed=1)


def test_a_film_of_half_a_minute_already_has_its_beat():
    assert any(note.role == "drums" for note in compose(Mood.CALM, 30, genre="lo-fi", seed=3).notes)


def test_an_unknown_mood_is_refused():
    with pytest.raises(UnplayableWish, match="no mood 'bored'"):
        compose("bored", 30, seed=1)


def test_rules_name_only_figures_rhythms_and_chords_that_exist():
    for rules in MOODS.values():
        assert set(rules.figures) <= set(FIGURES)
        assert rules.rhythm in {"", *RHYTHMS}
        assert all(pitches(name) for loop in [*rules.loops, rules.cadence] for name in loop.split())


@pytest.mark.parametrize(
    ("name", "tones"),
    [("I", (0, 4, 7)), ("bVImaj7", (8, 0, 3, 7)), ("Vsus4", (7, 0, 2)), ("iadd9", (0, 3, 7, 2)), ("i5", (0, 7))],
)
def test_a_chord_name_means_its_tones(name: str, tones: tuple[int, ...]):
    assert pitches(name) == tones


def test_a_word_that_is_no_chord_is_refused():
    with pytest.raises(ValueError, match="not a chord"):
        pitches("Hello")


def test_the_same_chord_again_stays_where_it_is():
    first = voicing((0, 4, 7), 4, (), 36)
    assert voicing((0, 4, 7), 4, first, 36) == first
