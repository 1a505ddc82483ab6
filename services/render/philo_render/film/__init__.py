"""The film engine: a plan of frames, their pictures, their sound, one MP4. Pure of services."""

from philo_render.film.captions import srt, vtt
from philo_render.film.draw import draw_segment, stills
from philo_render.film.extent import Narration
from philo_render.film.faults import (
    BrokenFilmError,
    BrokenSegmentError,
    FilmError,
    MissingPictureError,
    MixedSegmentsError,
)
from philo_render.film.fonts import missing_glyphs
from philo_render.film.format import Format
from philo_render.film.join import join
from philo_render.film.listening import read_sound, resampled
from philo_render.film.loudness import Sound, loudness, true_peak
from philo_render.film.mixing import mix
from philo_render.film.plan import Timing, plan, segment_of, timing
from philo_render.film.poster import poster
from philo_render.film.probe import Probe, probe
from philo_render.film.segment import ENGINE_VERSION, Segment
from philo_render.film.timeline import Caption, Chapter, Placed, Timeline, segments

__all__ = [
    "ENGINE_VERSION",
    "BrokenFilmError",
    "BrokenSegmentError",
    "Caption",
    "Chapter",
    "FilmError",
    "Format",
    "MissingPictureError",
    "MixedSegmentsError",
    "Narration",
    "Placed",
    "Probe",
    "Segment",
    "Sound",
    "Timeline",
    "Timing",
    "draw_segment",
    "join",
    "loudness",
    "missing_glyphs",
    "mix",
    "plan",
    "poster",
    "probe",
    "read_sound",
    "resampled",
    "segment_of",
    "segments",
    "srt",
    "stills",
    "timing",
    "true_peak",
    "vtt",
]
