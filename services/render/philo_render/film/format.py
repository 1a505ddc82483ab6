"""The raster and the clock of a film: how many pixels, how many frames a second."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from philo_contracts.shapes import Aspect, Value, VideoConfig

SHORT_SIDE = {"480p": 480, "720p": 720, "1080p": 1080, "2160p": 2160}
WIDE_480 = 854

Shape = Literal["wide", "tall", "square"]


class Format(Value):
    """Output size in pixels (even, as 4:2:0 wants it) and frames a second."""

    width: int = Field(ge=16, multiple_of=2)
    height: int = Field(ge=16, multiple_of=2)
    fps: int = Field(ge=1, le=120)

    @classmethod
    def of(cls, config: VideoConfig) -> Format:
        short = SHORT_SIDE[config.resolution]
        long = WIDE_480 if short == 480 else short * 16 // 9
        width, height = {
            Aspect.WIDE: (long, short),
            Aspect.TALL: (short, long),
            Aspect.SQUARE: (short, short),
            Aspect.PORTRAIT: (short, short * 5 // 4),
        }[config.aspect]
        return cls(width=width, height=height, fps=config.fps)

    @property
    def shape(self) -> Shape:
        if self.width > self.height * 1.2:
            return "wide"
        return "tall" if self.height > self.width * 1.2 else "square"

    @property
    def short_side(self) -> int:
        return min(self.width, self.height)

    def frames(self, seconds: float) -> int:
        """The nearest whole number of frames."""
        return round(seconds * self.fps)

    def seconds(self, frames: int) -> float:
        return frames / self.fps
