"""Pictures come in the sizes of whoever paints them."""

from __future__ import annotations

from collections.abc import Iterable
from math import log

Size = tuple[int, int]


def size_of(text: str) -> Size:
    """`1536x1024` or `3:2`, as width and height."""
    width, height = text.replace(":", "x").split("x")
    return int(width), int(height)


def nearest(wished: Size, offered: Iterable[str]) -> str:
    """The one nearest in shape; of equal ones the smallest that covers what is wished, else the largest."""

    def rank(text: str) -> tuple[float, bool, int]:
        width, height = size_of(text)
        unlike = abs(log(wished[0] / wished[1]) - log(width / height))
        covers = width >= wished[0] and height >= wished[1]
        return round(unlike, 2), not covers, width * height if covers else -width * height

    return min(offered, key=rank)
