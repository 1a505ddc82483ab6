"""Where to cut: sentences are put into scenes that last a few seconds and hold one thought."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import inf

from philo_analysis.reading import MOST_SCENES
from philo_analysis.scenes.pacing import IDEAL, LONGEST, SHORTEST, seconds
from philo_analysis.text.characters import join
from philo_analysis.text.cleaning import Script
from philo_analysis.text.sentences import split

_HEADING, _PARAGRAPH, _TURN, _SENTENCE, _CLAUSE = -0.8, 0.0, 0.15, 0.5, 1.6
_MOST_UNITS = 240
_CLAUSE_END = re.compile(r"(?:[;:—–,](?=\s)|[，：、—]+)[\"'”’」』)）]*\s*")
_TURNS = re.compile(
    r"^[\"“]?(?:One|That|The next|Next|Then|Suddenly|But|Later|Finally|Meanwhile|At last|At (?:dawn|night|noon|first)|"
    r"In (?:the )?(?:spring|summer|autumn|winter|morning|evening|end|\d{3,4})|When|After|By|Now|Today|Years|Far|However)\b"
    r"|^[“「]?(?:第二|那天|这时|忽然|突然|后来|接着|终于|从此|有一天|一天|夜|傍晚|清晨|早上|春天|夏天|秋天|冬天|但|可是|然而|雨|到了|很久)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """The least that a scene can say: a sentence, or a clause of a long one. `cut` is the price of a cut before it."""

    text: str
    seconds: float
    cut: float


def units(script: Script) -> tuple[Unit, ...]:
    """The sentences of a script in order, priced as places to cut; none is longer than a scene if it has a clause."""
    found: list[Unit] = []
    after_heading = False
    for paragraph in script.paragraphs:
        cut = _CLAUSE if after_heading else _HEADING if paragraph.heading else _PARAGRAPH
        for sentence in split(paragraph.text):
            found += _clauses(Unit(sentence, seconds(sentence), cut), LONGEST * 1.3)
            cut = _SENTENCE
        after_heading = paragraph.heading
    return tuple(found)


def cut(all_units: Sequence[Unit], scenes: int | None = None) -> tuple[str, ...]:
    """Narrations of 1 to 40 scenes: every unit once, in order.

    `scenes` is met when there are that many sentences and clauses; without it a scene aims at 7.5 seconds.
    """
    pieces = _pack(_enough(list(all_units), scenes or 1))
    if not pieces:
        return ()
    return tuple(join([unit.text for unit in pieces[start:end]]) for start, end in _best_spans(pieces, scenes))


def parts(script: Script, scenes: int | None = None) -> tuple[str, ...]:
    """What a scene may begin with: the sentences, with long ones parted at clauses as far as `scenes` needs it."""
    return tuple(unit.text for unit in _enough(list(units(script)), scenes or 1))


def _clauses(unit: Unit, longest: float) -> list[Unit]:
    """A unit, parted in halves until none is longer than `longest` seconds or has no clause end left."""
    halves = _two(unit) if unit.seconds > longest else [unit]
    if len(halves) == 1:
        return halves
    return [piece for half in halves for piece in _clauses(half, longest)]


def _middle(sentence: str) -> int | None:
    """The clause end that parts a sentence most evenly, both sides worth at least a second and a half."""
    ends = [found.end() for found in _CLAUSE_END.finditer(sentence)]
    lasting = [seconds(sentence[start:end]) for start, end in pairwise([0, *ends])]
    heard, total = list(accumulate(lasting)), seconds(sentence)
    worthy = [(abs(time - total / 2), end) for time, end in zip(heard, ends, strict=True) if 1.5 <= time <= total - 1.5]
    return min(worthy)[1] if worthy else None


def _enough(pieces: list[Unit], wanted: int) -> list[Unit]:
    """Units parted further at clause ends, longest first, until there are as many as scenes are wanted."""
    whole: set[str] = set()
    while len(pieces) < wanted:
        partable = [place for place, unit in enumerate(pieces) if unit.text not in whole]
        if not partable:
            return pieces
        place = max(partable, key=lambda place: pieces[place].seconds)
        parted = _two(pieces[place])
        whole.update(unit.text for unit in parted if len(parted) == 1)
        pieces[place : place + 1] = parted
    return pieces


def _two(unit: Unit) -> list[Unit]:
    middle = _middle(unit.text)
    if middle is None:
        return [unit]
    first, rest = unit.text[:middle].strip(), unit.text[middle:].strip()
    return [Unit(first, seconds(first), unit.cut), Unit(rest, seconds(rest), _CLAUSE)]


def _pack(pieces: list[Unit]) -> list[Unit]:
    """Neighbours of a very long text put together, so that choosing the cuts stays quick."""
    if len(pieces) <= _MOST_UNITS:
        return pieces
    least = sum(unit.seconds for unit in pieces) / (_MOST_UNITS / 2)
    packed: list[Unit] = []
    for unit in pieces:
        if packed and packed[-1].seconds + unit.seconds <= least:
            texts, lasting = join([packed[-1].text, unit.text]), packed[-1].seconds + unit.seconds
            packed[-1] = replace(packed[-1], text=texts, seconds=lasting)
        else:
            packed.append(unit)
    return packed


def _best_spans(pieces: list[Unit], scenes: int | None) -> list[tuple[int, int]]:
    """Cheapest way to part the units into scenes, by dynamic programming over (scenes so far, units so far)."""
    total = sum(unit.seconds for unit in pieces)
    scenes = scenes or (MOST_SCENES if total > MOST_SCENES * IDEAL else None)
    most = min(scenes or MOST_SCENES, MOST_SCENES, len(pieces))
    target = total / most if scenes else IDEAL
    cost = [[inf] * (len(pieces) + 1) for _ in range(most + 1)]
    came = [[0] * (len(pieces) + 1) for _ in range(most + 1)]
    cost[0][0] = 0.0
    limit = target * 4
    for count in range(1, most + 1):
        for end in range(count, len(pieces) + 1):
            cost[count][end], came[count][end] = _cheapest(pieces, cost[count - 1], end, target, limit)
    last = most if scenes else min(range(1, most + 1), key=lambda count: cost[count][-1])
    return _walk_back(came, last, len(pieces))


def _cheapest(pieces: list[Unit], before: list[float], end: int, target: float, limit: float) -> tuple[float, int]:
    best, start_of_best, lasting = inf, 0, 0.0
    for start in range(end - 1, -1, -1):
        lasting += pieces[start].seconds
        price = before[start] + _price(lasting, target) + (_cut_price(pieces[start]) if start else 0.0)
        if price < best:
            best, start_of_best = price, start
        if lasting > limit and best < inf:
            break
    return best, start_of_best


def _price(lasting: float, target: float) -> float:
    """Squared distance from the target, in targets; too short or too long for a scene costs extra."""
    low, high = min(SHORTEST, target * 0.7), max(LONGEST, target * 1.45)
    beyond = max(0.0, low - lasting, lasting - high) / target
    return ((lasting - target) / target) ** 2 + 4.0 * beyond**2 + (0.6 if beyond else 0.0)


def _cut_price(unit: Unit) -> float:
    return min(unit.cut, _TURN) if _TURNS.match(unit.text) and unit.cut < _CLAUSE else unit.cut


def _walk_back(came: list[list[int]], count: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    while count:
        spans.append((came[count][end], end))
        end, count = came[count][end], count - 1
    return spans[::-1]
