"""One frame that stands for the film."""

from __future__ import annotations

import cv2
import numpy as np

from philo_render.film.chunk import Chunk
from philo_render.film.draw import stills
from philo_render.film.planes import to_bgr
from philo_render.film.scenery import Sources


def poster(chunk: Chunk, sources: Sources, *, quality: int = 90) -> bytes:
    """A JPEG in the film's size: the title at its clearest if the chunk opens the film, else its middle.

    Subtitles are left out. MissingPictureError as in `draw_chunk`.
    """
    bare = chunk.model_copy(update={"cues": ()})
    number = chunk.title.clearest if chunk.title else chunk.frames // 2
    frame = next(stills(bare, sources, [number]))
    _, data = cv2.imencode(".jpg", to_bgr(frame), [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    return np.asarray(data).tobytes()
