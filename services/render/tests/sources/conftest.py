"""Looking at what was made of an upload."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from philo_render.sources import NormalPicture


@pytest.fixture
def seen() -> Callable[[NormalPicture], np.ndarray]:
    """A normalised picture's pixels, RGB."""
    return lambda picture: np.asarray(Image.open(io.BytesIO(picture.image)))
