"""The K-weighting of ITU-R BS.1770-4: how loud each part of the spectrum is to an ear."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

from philo_render.film.sound.pcm import RATE, Sound

SHELF = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
"""b0, b1, b2, a1, a2 at 48 kHz: the head (table 1 of the standard)."""
HIGH_PASS = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)
"""The same for the ear's deafness to low tones (table 2)."""
LAYOUTS = {1: "mono", 2: "stereo"}


class Weighting:
    """Filters a sound that comes block by block, as if it came whole. FFmpeg's filters keep the state, in doubles."""

    def __init__(self, channels: int) -> None:
        self.layout = LAYOUTS[channels]
        self.graph = Graph()
        clock = Fraction(1, RATE)
        places = [
            self.graph.add_abuffer(format="fltp", sample_rate=RATE, layout=self.layout, time_base=clock),
            self.graph.add("biquad", **_options(SHELF)),
            self.graph.add("biquad", **_options(HIGH_PASS)),
            self.graph.add("abuffersink"),
        ]
        self.graph.link_nodes(*places).configure()

    def __call__(self, block: Sound) -> NDArray[np.float64]:
        """(channels, n) -> (channels, n)."""
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout=self.layout)
        frame.sample_rate = RATE
        self.graph.push(frame)
        weighted = self.graph.pull()
        assert isinstance(weighted, av.AudioFrame)
        return np.asarray(weighted.to_ndarray(), np.float64)


def _options(coefficients: tuple[float, ...]) -> dict[str, str]:
    named = dict(zip(("b0", "b1", "b2", "a1", "a2"), map(repr, coefficients), strict=True))
    return {**named, "a0": "1", "precision": "f64"}
