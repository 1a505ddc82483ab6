"""Lines of the land: rolling ground, crags, rock."""

from __future__ import annotations

import numpy as np

from philo_render.pictures.painting.colour import Pixels
from philo_render.pictures.stage import Stage


def rolling(stage: Stage, base: float, swing: float, waves: float, octaves: int = 2, rough: float = 0.35) -> Pixels:
    """Soft ground round `base`, swinging by `swing` (both heights of the design): pixels (width,)."""
    scale = stage.y(0.5) / 0.5
    return np.asarray(stage.y(base) + stage.noise(waves, octaves, rough) * swing * scale, np.float32)


def peaks(stage: Stage, base: float, rise: float, waves: float) -> Pixels:
    """Mountain tops: folded noise with crags, `rise` above the base."""
    scale = stage.y(0.5) / 0.5
    folds = 1 - np.abs(stage.noise(waves, 1)) * 1.5
    crags = 1 - np.abs(stage.noise(waves * 4, 3)) * 2
    up = rise * (0.78 * folds + 0.20 * crags * np.clip(folds, 0.2, 1)) - rise * 0.25
    return np.asarray(stage.y(base) - up * scale, np.float32)


def crown(line: Pixels, x: float) -> float:
    """The height of a line at x pixels."""
    return float(line[int(np.clip(x, 0, len(line) - 1))])
