"""Tags of scenes: places, weather, hours, seasons, things and genres that choose a picture. Always in English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from philo_analysis.lexicons import rows
from philo_analysis.scenes.phrases import phrases
from philo_analysis.words import Lexicon

MOST = 5
TEACHING = frozenset({"code", "mathematics", "business", "science", "medicine", "technology", "law", "news"})
_ELSEWHERE = TEACHING | {"history", "war", "sport"}
_FEWEST = 2
_WEIGHT = {"place": 1.2, "weather": 1.2, "time": 1.1, "season": 0.9, "thing": 1.0, "genre": 1.0}
_CARRIED, _SLOWLY, _FADED, _FAINT = 0.7, 0.85, 0.6, 0.3
_LATER = re.compile(
    r"\b(?:years?|months?|weeks?|days?) (?:later|after|passed|went by)\b|\bnext (?:day|morning|year)\b|\bone day\b"
    r"|第二[天年]|[年月天]后|后来|从此|从那|多年|整整.{1,3}[年天月]|有一天",
    re.IGNORECASE,
)
_LASTING = ("time", "weather")
_PASSING = ("time", "weather", "season")
_TURNING = {"time": ("time", "weather"), "season": ("time", "weather"), "weather": ("weather",), "place": ("place",)}

Scores = dict[str, float]


def tags(narrations: Sequence[str], opens: Sequence[bool] = ()) -> tuple[tuple[str, ...], ...]:
    """2 to 5 tags a scene, strongest first; the hour, the weather and the place last until the story changes them.

    `opens` says of every scene whether a new part begins with it: nothing lasts into it.
    """
    own = [_score(narration) for narration in narrations]
    fresh = opens or [False] * len(narrations)
    scores = _carry(own, [new or bool(_LATER.search(told)) for new, told in zip(fresh, narrations, strict=True)])
    overall = _overall(own)
    return tuple(_choose(score, overall, narration) for score, narration in zip(scores, narrations, strict=True))


def shows(tag: str, word: str) -> bool:
    """Whether a word of the text says a tag already: `乌云` says `clouds`."""
    return any(tag in hit.value for hit in _lexicon().find(word))


def group(tag: str) -> str:
    """Which kind a tag is of: place, weather, time, season, thing, genre; empty for a word of the text itself."""
    return _groups().get(tag, "")


def spoken(tag: str, language: str) -> str:
    """A tag in the words of `language`: Chinese for `zh`, else as it is."""
    return _chinese().get(tag, tag) if language == "zh" else tag


def _score(narration: str) -> Scores:
    found: Counter[str] = Counter(tag for hit in _lexicon().find(narration) for tag in hit.value)
    score = {tag: _WEIGHT[group(tag)] * (1 + 0.5 * (count - 1)) for tag, count in found.items()}
    return _one_hour(score)


def _one_hour(score: Scores) -> Scores:
    """A picture has one time of day, and space has none."""
    hours = [tag for tag in score if group(tag) == "time"]
    kept = max(hours, key=lambda tag: score[tag], default=None) if "space" not in score else None
    return {tag: value for tag, value in score.items() if tag not in hours or tag == kept}


def _carry(scores: list[Scores], opens: Sequence[bool]) -> list[Scores]:
    """Scores with what lasts from scenes before; a place only into scenes that name neither place nor subject."""
    lasting: Scores = {}
    carried: list[Scores] = []
    for score, is_new in zip(scores, opens, strict=True):
        turned = {kind for tag in score for kind in _TURNING.get(group(tag), ("place",) if tag in _ELSEWHERE else ())}
        kept = {tag: value for tag, value in lasting.items() if group(tag) not in turned and not is_new}
        carried.append({**kept, **score})
        hours = {
            tag: _CARRIED if tag in score else kept[tag] * _SLOWLY for tag in carried[-1] if group(tag) in _LASTING
        }
        lasting = {tag: value for tag, value in hours.items() if value > _FAINT} | _place(score, kept)
    return carried


def _place(score: Scores, kept: Scores) -> Scores:
    """The scene's strongest place, which fades as the story goes on without it."""
    places = [tag for tag in score if group(tag) == "place"]
    if places:
        return {max(places, key=lambda tag: score[tag]): _CARRIED}
    return {tag: value * _FADED for tag, value in kept.items() if group(tag) == "place" and value > _FAINT}


def _overall(scores: list[Scores]) -> list[str]:
    """What the film returns to: it may be seen in a scene that names little."""
    total: Counter[str] = Counter()
    scenes: Counter[str] = Counter()
    for score in scores:
        total.update({tag: value for tag, value in score.items() if group(tag) not in _PASSING})
        scenes.update(score.keys())
    return [tag for tag, _ in sorted(total.items(), key=lambda item: (-item[1], item[0])) if scenes[tag] > 1]


def _choose(score: Scores, overall: list[str], narration: str) -> tuple[str, ...]:
    chosen = [tag for tag, _ in sorted(score.items(), key=lambda item: -item[1])][:MOST]
    heads = [phrase.head for phrase in phrases(narration) if phrase.head.isascii()]
    kind = "lesson" if TEACHING & {*chosen, *overall} else "story"
    for more in [*overall, *heads, kind, "narration"]:
        if len(chosen) >= _FEWEST:
            break
        if more not in chosen:
            chosen.append(more)
    return tuple(chosen)


@cache
def _lexicon() -> Lexicon[tuple[str, ...]]:
    entries: dict[str, tuple[str, ...]] = {}
    for _, (tag,), english, chinese in rows("tags"):
        for word in (*english, *chinese):
            entries[word] = (*entries.get(word, ()), tag)
    return Lexicon(entries)


@cache
def _groups() -> dict[str, str]:
    return {tag: kind for (kind,), (tag,), *_ in rows("tags")}


@cache
def _chinese() -> dict[str, str]:
    return {tag: chinese[0] for _, (tag,), _, chinese in rows("tags")}
