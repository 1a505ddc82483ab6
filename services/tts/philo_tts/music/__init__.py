"""Background music: composed by rules for a mood and a length, played from a sampled bank. Pure and deterministic."""

from philo_tts.music.composing.piece import compose
from philo_tts.music.errors import UnplayableWish, UnusableTrack
from philo_tts.music.genres import NamedGenre, nearest_genre
from philo_tts.music.score import Score
from philo_tts.music.sound.rate import RATE
from philo_tts.music.sound.rendering import as_flac, render

__all__ = [
    "RATE",
    "NamedGenre",
    "Score",
    "UnplayableWish",
    "UnusableTrack",
    "as_flac",
    "compose",
    "nearest_genre",
    "render",
]
