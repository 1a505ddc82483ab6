"""Text of both directions on one line: the implicit part of the Unicode bidirectional algorithm (UAX #9).

Marks of direction work; the rare explicit embeddings are passed over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

_STRONG = {"L", "R", "AL"}
_RIGHT = {"R", "EN", "AN"}
_NEUTRAL = {"B", "S", "WS", "ON"}
_BOUND = {"NSM", "BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_PAIRS = {"(": ")", "[": "]", "{": "}", "（": "）", "「": "」"}


def runs_right_to_left(text: str) -> bool:
    """Whether most of its words are of a writing that runs from right to left."""
    kinds = [{_kind(c) for c in word} for word in text.split()]
    return sum(bool(found & {"R", "AL"}) for found in kinds) > sum("L" in found for found in kinds)


def levels(text: str, *, rtl: bool) -> list[int]:
    """The level of every character: even ones run to the right, odd ones to the left."""
    start = "R" if rtl else "L"
    kinds = _numbers(_marks([_kind(c) for c in text], start), start)
    kinds = _neutrals(_brackets(text, kinds, start), start)
    found = [_level(kind, int(rtl)) for kind in kinds]
    for at in range(len(text) - 1, -1, -1):
        if not text[at].isspace():
            break
        found[at] = int(rtl)
    return found


def visual(levels_: Sequence[int]) -> list[int]:
    """L2: the order in which pieces with these levels stand, from left to right."""
    order = list(range(len(levels_)))
    for level in range(max(levels_, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels_[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end + 1
    return order


def _kind(character: str) -> str:
    return unicodedata.bidirectional(character) or "L"


def _marks(kinds: list[str], start: str) -> list[str]:
    """W1: marks are of their letter's kind; so is what has no width."""
    found: list[str] = []
    for kind in kinds:
        found.append((found[-1] if found else start) if kind in _BOUND else kind)
    return found


def _numbers(kinds: list[str], start: str) -> list[str]:
    """W2 to W7: digits and their signs, by the letters before them."""
    found = _terminated(_separated([_after(kind, before) for kind, before in _with_strong(kinds, start)]))
    return [_settled(kind, before) for kind, before in _with_strong(found, start)]


def _with_strong(kinds: list[str], start: str) -> list[tuple[str, str]]:
    """Every kind with the last strong one up to it."""
    strong, found = start, []
    for kind in kinds:
        strong = kind if kind in _STRONG else strong
        found.append((kind, strong))
    return found


def _after(kind: str, strong: str) -> str:
    return "AN" if kind == "EN" and strong == "AL" else kind


def _separated(kinds: list[str]) -> list[str]:
    """W4: one comma, point or hyphen between two digits."""
    found = list(kinds)
    for at in range(1, len(found) - 1):
        before, kind, after = found[at - 1 : at + 2]
        if before == after and (kind, before) in {("CS", "EN"), ("CS", "AN"), ("ES", "EN")}:
            found[at] = before
    return found


def _terminated(kinds: list[str]) -> list[str]:
    """W5: signs of currency and per cent belong to the number beside them."""
    found: list[str] = []
    groups = [(kind, len(list(group))) for kind, group in groupby(kinds)]
    for at, (kind, count) in enumerate(groups):
        beside = {groups[near][0] for near in (at - 1, at + 1) if 0 <= near < len(groups)}
        found.extend([kind if kind != "ET" or "EN" not in beside else "EN"] * count)
    return found


def _settled(kind: str, strong: str) -> str:
    if kind in {"ES", "ET", "CS"}:
        return "ON"
    if kind == "EN":
        return "L" if strong == "L" else "EN"
    return "R" if kind == "AL" else kind


def _brackets(text: str, kinds: list[str], start: str) -> list[str]:
    """N0: both of a pair go the way of what they hold, or of what stands before them."""
    found, open_ = list(kinds), list[tuple[int, str]]()
    pairs: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if kinds[at] != "ON":
            continue
        if character in _PAIRS:
            open_.append((at, _PAIRS[character]))
        elif any(closer == character for _, closer in open_):
            while open_[-1][1] != character:
                open_.pop()
            pairs.append((open_.pop()[0], at))
    for first, last in sorted(pairs):
        way = _held(found, first, last, start)
        if way:
            found[first] = found[last] = way
    return found


def _held(kinds: list[str], first: int, last: int, start: str) -> str:
    inside = {_way(kind) for kind in kinds[first + 1 : last]} - {""}
    if start in inside or not inside:
        return start if inside else ""
    before = next((way for way in map(_way, reversed(kinds[:first])) if way), start)
    return before if before in inside else start


def _way(kind: str) -> str:
    return "R" if kind in _RIGHT else "L" if kind == "L" else ""


def _neutrals(kinds: list[str], start: str) -> list[str]:
    """N1, N2: what has no direction follows its neighbours if they agree, else the line."""
    found: list[str] = []
    groups = [(neutral, list(group)) for neutral, group in groupby(kinds, key=_NEUTRAL.__contains__)]
    for at, (neutral, group) in enumerate(groups):
        before = _way(groups[at - 1][1][-1]) if at else start
        after = _way(groups[at + 1][1][0]) if at + 1 < len(groups) else start
        found.extend([before if before == after else start] * len(group) if neutral else group)
    return found


def _level(kind: str, base: int) -> int:
    """I1, I2."""
    if kind in {"EN", "AN"}:
        return 2
    return base + ((kind == "R") != (base == 1))
