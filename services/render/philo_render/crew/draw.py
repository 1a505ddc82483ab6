"""Drawing in a child process: pictures become film."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from philo_kernel.child import report
from philo_render import film
from philo_render.film import Segment


def unpacked(image: bytes) -> NDArray[np.uint8]:
    decoded = cv2.imdecode(np.frombuffer(image, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None:
        raise ValueError("the picture's bytes are no image")
    return np.asarray(decoded, np.uint8)


def shoot(segment: Segment, images: dict[str, bytes]) -> bytes:
    """Draw and encode; every frame is reported."""
    decoded = {key: unpacked(image) for key, image in images.items()}
    return film.draw_segment(segment, decoded, progress=lambda done, total: report((done, total)))
