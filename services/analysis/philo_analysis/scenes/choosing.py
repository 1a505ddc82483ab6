"""The cheapest way to part units into scenes, by dynamic programming over (scenes so far, units so far)."""

from __future__ import annotations

from itertools import accumulate
from math import ceil, inf

from philo_analysis.scenes.pacing import LONGEST, SHORTEST
from philo_analysis.scenes.passages import Unit
from philo_contracts.shapes import MOST_SCENES

MOST_SPOKEN = 5_000
"""Characters of a scene."""

_OVER_HEADING = 2.5
_STRADDLES = 0.4
"""A scene that takes a piece of one paragraph and a piece of the next tells two thoughts, and neither whole."""
_FAR = 4


def best_spans(pieces: list[Unit], ideal: float, scenes: int | None) -> list[tuple[int, int]]:
    """Spans of units that last about `ideal` seconds each, or as many as `scenes`.

    There are more when a scene would be told in over 5,000 characters.
    """
    if not pieces:
        return []
    total, characters = sum(unit.seconds for unit in pieces), sum(len(unit.text) for unit in pieces)
    least = min(MOST_SCENES, ceil(characters * 1.3 / MOST_SPOKEN)) if characters > MOST_SPOKEN else 1
    fixed = max(scenes, least) if scenes else MOST_SCENES if total > MOST_SCENES * ideal else None
    most = min(fixed or MOST_SCENES, len(pieces))
    target = max(0.5, total / most if fixed else ideal)
    cost, came = _table(pieces, most, target)
    last = most if fixed and cost[most][-1] < inf else min(range(1, most + 1), key=lambda count: cost[count][-1])
    return _walk_back(came, last, len(pieces))


def _table(pieces: list[Unit], most: int, target: float) -> tuple[list[list[float]], list[list[int]]]:
    """The least price of every beginning in every number of scenes, and where its last scene begins."""
    cost = [[inf] * (len(pieces) + 1) for _ in range(most + 1)]
    came = [[0] * (len(pieces) + 1) for _ in range(most + 1)]
    cost[0][0] = 0.0
    priced = _spans(pieces, target)
    for count in range(1, most + 1):
        before, now, back = cost[count - 1], cost[count], came[count]
        for end in range(count, len(pieces) + 1):
            for start, price in priced[end]:
                if (found := before[start] + price) < now[end]:
                    now[end], back[end] = found, start
    return cost, came


def _spans(pieces: list[Unit], target: float) -> list[list[tuple[int, float]]]:
    """For every end, where a scene that ends there may begin, and its price with the cut before it."""
    heard = [0.0, *accumulate(unit.seconds for unit in pieces)]
    written = [0, *accumulate(len(unit.text) + 1 for unit in pieces)]
    headings = [0, *accumulate(int(bool(unit.heading)) for unit in pieces)]
    opened = [0, *accumulate(int(unit.opens) for unit in pieces)]
    opens = [*(unit.opens for unit in pieces), True]
    priced: list[list[tuple[int, float]]] = [[]]
    for end in range(1, len(pieces) + 1):
        found: list[tuple[int, float]] = []
        for start in range(end - 1, -1, -1):
            lasting = heard[end] - heard[start]
            if start < end - 1 and (lasting > target * _FAR or written[end] - written[start] > MOST_SPOKEN):
                break
            over = _OVER_HEADING * (headings[end] - headings[start + 1])
            if opened[end] > opened[start + 1] and not (opens[start] and opens[end]):
                over += _STRADDLES
            found.append((start, _price(lasting, target) + over + (pieces[start].cut if start else 0.0)))
        priced.append(found)
    return priced


def _price(lasting: float, target: float) -> float:
    """Squared distance from the target, in targets; too short or too long for a scene costs extra."""
    low, high = min(SHORTEST, target * 0.7), max(LONGEST, target * 1.45)
    beyond = max(0.0, low - lasting, lasting - high) / target
    return ((lasting - target) / target) ** 2 + 4.0 * beyond**2 + (0.6 if beyond else 0.0)


def _walk_back(came: list[list[int]], count: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    while count:
        spans.append((came[count][end], end))
        end, count = came[count][end], count - 1
    return spans[::-1]
