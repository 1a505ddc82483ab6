"""The tiers as data, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, TypeAdapter

from philo_contracts.shapes import Priority, Tier, Value

Resolution = Literal["480p", "720p", "1080p", "2160p"]


class Limits(Value):
    """What a tier allows. `video_minutes` and `spend` (US dollars) are for a calendar month, `stored_bytes` for all that
    was uploaded and not deleted."""

    priority: Priority
    concurrent_jobs: int = Field(ge=1)
    video_minutes: float = Field(ge=0)
    resolution: Resolution
    voices: tuple[str, ...]
    spend: Decimal = Field(ge=0)
    stored_bytes: int = Field(ge=0)

    def speaks(self, voice: str) -> bool:
        return any(fnmatchcase(voice, pattern) for pattern in self.voices)

    def shows(self, resolution: str) -> bool:
        return lines_of(resolution) <= lines_of(self.resolution)


Tiers = Mapping[Tier, Limits]
TIERS: TypeAdapter[dict[Tier, Limits]] = TypeAdapter(dict[Tier, Limits])


def lines_of(resolution: str) -> int:
    return int(resolution.removesuffix("p"))


@cache
def read_tiers(path: Path | None = None) -> Tiers:
    """Philo's own tiers, with the figures of the file at `path` in their place. Raises `ValueError` or `OSError`."""
    own = tomllib.loads(files(__package__).joinpath("tiers.toml").read_text(encoding="utf-8"))
    other: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
    unknown = sorted(other.keys() - own.keys())
    if unknown:
        raise ValueError(f"{path}: there is no tier {', '.join(unknown)}; there are {', '.join(own)}")
    return TIERS.validate_python({name: figures | other.get(name, {}) for name, figures in own.items()})


def lowest(tiers: Tiers, suits: Callable[[Limits], bool]) -> Tier | None:
    """The first tier that suits; they are written from the lowest to the highest."""
    return next((tier for tier, limits in tiers.items() if suits(limits)), None)
