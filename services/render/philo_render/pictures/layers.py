"""A picture in depth groups: what the film needs to move near things faster than far ones."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]


@dataclass(frozen=True)
class Layer:
    """One depth group, kept only between its first and its last row; outside it lets everything through.

    `colour` (rows, width, 3) is premultiplied BGR, `through` (rows, width) is 255 where nothing of it is seen;
    `top` is its first row in the picture, `depth` 0 at the horizon and 1 in front of everything.
    """

    name: str
    depth: float
    top: int
    colour: U8
    through: U8

    @property
    def end(self) -> int:
        return self.top + len(self.through)


@dataclass(frozen=True)
class Layers:
    """Groups back to front; the first is opaque everywhere.

    `life` names what moves by itself and was left out; `stars` are the places of the brightest stars that nothing of
    the backmost group hides, shares of width and height.
    """

    width: int
    height: int
    seed: int
    layers: tuple[Layer, ...]
    life: tuple[str, ...] = ()
    stars: tuple[tuple[float, float], ...] = ()

    def flat(self) -> U8:
        """All groups laid over one another: BGR (height, width, 3)."""
        out = self.layers[0].colour.copy()
        for layer in self.layers[1:]:
            part = out[layer.top : layer.end]
            through = cv2.cvtColor(layer.through, cv2.COLOR_GRAY2BGR)
            cv2.multiply(part, through, dst=part, scale=1 / 255)
            cv2.add(part, layer.colour, dst=part)
        return out
