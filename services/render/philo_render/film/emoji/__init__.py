"""Emoji as pictures: those of the illustration pack, and small ones of faces, hands, hearts and signs."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from PIL import Image

from philo_render.film.writing import is_wide

SIGNS = files("philo_render.film.emoji")
PACK = files("philo_render.pictures").joinpath("pack")
_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_JOINER, _PICTURE, _TEXT = "\u200d", "\ufe0f", "\ufe0e"


def is_wished(cluster: str) -> bool:
    """Whether a grapheme asks to be a picture: by its nature or by a selector. Others are letters if a font has them."""
    return _TEXT not in cluster and (is_wide(cluster[0]) or _PICTURE in cluster)


@lru_cache(4096)
def named(cluster: str) -> str | None:
    """The picture's name: any skin tone shows the plain one, an unknown group its first member."""
    plain = "".join(c for c in cluster if c not in _TONES and c != _PICTURE)
    if not plain or _TEXT in plain:
        return None
    name = names().get("-".join(f"{ord(c):04x}" for c in plain))
    if name is None and _JOINER in plain:
        return named(plain.split(_JOINER)[0])
    return name


@lru_cache(128)
def picture(cluster: str, size: int) -> Image.Image:
    """RGBA, its longer side `size` pixels. KeyError for what is no emoji."""
    name = named(cluster)
    if name is None:
        raise KeyError(cluster)
    own = SIGNS.joinpath("signs", f"{name}.webp")
    source = own if own.is_file() else PACK.joinpath(f"{name}.webp")
    image = Image.open(BytesIO(source.read_bytes())).convert("RGBA")
    scale = size / max(image.size)
    sides = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(sides, Image.Resampling.LANCZOS)


@lru_cache(1)
def names() -> dict[str, str]:
    """Code points in hexadecimal, joined by hyphens -> name."""
    found: dict[str, str] = json.loads(SIGNS.joinpath("names.json").read_text("utf-8"))
    return found
