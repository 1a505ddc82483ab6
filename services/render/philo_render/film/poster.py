"""One frame that stands for the film."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from philo_render.film.draw import stills
from philo_render.film.planes import U8, to_bgr
from philo_render.film.segment import Segment


def poster(segment: Segment, pictures: Mapping[str, U8], *, quality: int = 90) -> bytes:
    """A JPEG in the film's size: the title at its clearest if the segment opens the film, else its middle.

    Subtitles are left out. MissingPictureError as in `draw_segment`.
    """
    bare = segment.model_copy(update={"cues": ()})
    number = segment.title.end_frame * 3 // 5 if segment.title else segment.frames // 2
    frame = next(stills(bare, pictures, [number]))
    _, data = cv2.imencode(".jpg", to_bgr(frame), [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    return np.asarray(data).tobytes()
