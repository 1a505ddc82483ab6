"""The film engine: a plan of frames, their pictures, their sound, one MP4. Pure of services."""

from philo_render.film.captions import srt, vtt
from philo_render.film.chunk import ENGINE_VERSION, Chunk, Material
from philo_render.film.crossings import around, choose
from philo_render.film.draw import draw_chunk, stills
from philo_render.film.drawable import Drawable, Scenery
from philo_render.film.extent import Narration
from philo_render.film.fallback import missing_glyphs, uncovered
from philo_render.film.faults import (
    BrokenChunkError,
    BrokenFilmError,
    BrokenPictureError,
    FilmError,
    MissingPictureError,
    MixedChunksError,
)
from philo_render.film.format import Format
from philo_render.film.join import join
from philo_render.film.own_font import in_hand, plain, uploaded
from philo_render.film.plan import Place, Timing, places, plan, scene_of, timing
from philo_render.film.poster import poster
from philo_render.film.probe import Probe, probe
from philo_render.film.scenery import Sources, Stock
from philo_render.film.sound import (
    RATE,
    EncodedSound,
    Sound,
    Soundtrack,
    Voice,
    encoded,
    encoding,
    keep,
    loudness,
    mix,
    read_sound,
    resampled,
    true_peak,
)
from philo_render.film.timeline import Caption, Chapter, Placed, Timeline, chunks

__all__ = [
    "ENGINE_VERSION",
    "RATE",
    "BrokenChunkError",
    "BrokenFilmError",
    "BrokenPictureError",
    "Caption",
    "Chapter",
    "Chunk",
    "Drawable",
    "EncodedSound",
    "FilmError",
    "Format",
    "Material",
    "MissingPictureError",
    "MixedChunksError",
    "Narration",
    "Place",
    "Placed",
    "Probe",
    "Scenery",
    "Sound",
    "Soundtrack",
    "Sources",
    "Stock",
    "Timeline",
    "Timing",
    "Voice",
    "around",
    "choose",
    "chunks",
    "draw_chunk",
    "encoded",
    "encoding",
    "in_hand",
    "join",
    "keep",
    "loudness",
    "missing_glyphs",
    "mix",
    "places",
    "plain",
    "plan",
    "poster",
    "probe",
    "read_sound",
    "resampled",
    "scene_of",
    "srt",
    "stills",
    "timing",
    "true_peak",
    "uncovered",
    "uploaded",
    "vtt",
]
