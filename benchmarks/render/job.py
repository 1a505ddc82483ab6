"""The film that every contender makes: Philo's own pictures under one slow zoom, subtitles, a voice and music.

The zoom goes from 1 to 1.15 round the picture's middle on the curve that Philo's camera follows, because that is the
one curve which all contenders can be told: SSIM against exact frames is fair only when all of them want the same frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

WIDTH, HEIGHT, FPS = 1920, 1080, 30
PICTURE = (2304, 1296)
"""Width and height of the pictures: 1.2 times the film's, as Philo draws them."""
SHOT, CROSS = 180, 18
"""Frames of a shot, and of the crossfade by which two of them overlap."""
ZOOM = 0.15
MUSIC = 0.15
"""How loud the music is beside the voice, where a contender mixes by factors."""

LINES = (
    ("Every evening old Tomas sailed his boat out.", "The lighthouse on the rocks watched him go."),
    ("An owl sat in the dark forest above a fox.", "夜里的森林很安静，只有月亮醒着。"),
    ("Snow fell on the mountains all day long.", "一只狼慢慢走过结冰的湖面。"),
    ("In the morning the city woke up in the rain.", "A red bus waited for the very last child."),
    ("Grandmother baked bread in her warm kitchen.", "谢谢观看，我们下次再见！"),
)
"""What is said over each shot, in two subtitles."""


class Subtitle(NamedTuple):
    """Seconds of the film."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Job:
    """The inputs lie in `folder`; `shots` of them are used."""

    folder: Path
    shots: int = len(LINES)

    @classmethod
    def told(cls, folder: str, shots: str) -> Self:
        """As a command is told of it."""
        return cls(Path(folder), int(shots))

    @property
    def frames(self) -> int:
        return self.shots * SHOT - (self.shots - 1) * CROSS

    @property
    def seconds(self) -> float:
        return self.frames / FPS

    @property
    def pictures(self) -> tuple[Path, ...]:
        return tuple(self.folder / f"picture-{shot}.jpg" for shot in range(self.shots))

    @property
    def layers(self) -> tuple[Path, ...]:
        """The same pictures in depth groups."""
        return tuple(self.folder / f"layers-{shot}" for shot in range(self.shots))

    @property
    def voice(self) -> Path:
        return self.folder / "voice.wav"

    @property
    def music(self) -> Path:
        return self.folder / "music.wav"

    @property
    def subrip(self) -> Path:
        return self.folder / "subtitles.srt"

    @property
    def font(self) -> Path:
        """A font that writes English and Chinese."""
        return self.folder / "fonts" / "NotoSansSC.ttf"

    @property
    def subtitles(self) -> tuple[Subtitle, ...]:
        return tuple(
            Subtitle(round(begins + early, 3), round(begins + early + 2.2, 3), text)
            for begins, pair in ((start_of(shot) / FPS, LINES[shot]) for shot in range(self.shots))
            for early, text in zip((0.7, 3.0), pair, strict=True)
        )


def start_of(shot: int) -> int:
    """The film's frame at which a shot begins to be seen."""
    return shot * (SHOT - CROSS)


def enlargement(frame: float) -> float:
    """How large the picture is at a frame of its shot."""
    share = frame / (SHOT - 1)
    return 1 + ZOOM * (0.55 * share + 0.45 * share * share * (3 - 2 * share))
