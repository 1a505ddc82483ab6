"""A film's sound, block by block: however long the film is, a few seconds of it are in memory at a time."""

from philo_render.film.sound.aac import SoundPacket, encoded, encoding
from philo_render.film.sound.listening import Source, read_sound, resampled
from philo_render.film.sound.loudness import loudness
from philo_render.film.sound.mixing import BYTES_A_SECOND, Soundtrack, mix
from philo_render.film.sound.pcm import RATE, Sound
from philo_render.film.sound.peaks import true_peak
from philo_render.film.sound.speech import Voice
from philo_render.film.sound.spool import EncodedSound, keep

__all__ = [
    "BYTES_A_SECOND",
    "RATE",
    "EncodedSound",
    "Sound",
    "SoundPacket",
    "Soundtrack",
    "Source",
    "Voice",
    "encoded",
    "encoding",
    "keep",
    "loudness",
    "mix",
    "read_sound",
    "resampled",
    "true_peak",
]
