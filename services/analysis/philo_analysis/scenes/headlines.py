"""Letters of titles: which words stay small, which characters go, and what a heading is called."""

from __future__ import annotations

import re

from philo_analysis.lexicons import named
from philo_analysis.text.chapters import parted
from philo_analysis.text.characters import cjk_letters

_SMALL = named("grammar.en", "small")
_BROKEN_OFF = named("grammar.en", "broken off")
_STAGE = re.compile(r"^\.?(?:INT\.?/EXT\.?|EXT\.?/INT\.?|INT\.?|EXT\.?|EST\.?|I/E\.?)\s+")
_HOUR = re.compile(
    r"\s+[-–—]+\s+(?:DAY|NIGHT|DAWN|DUSK|SUNSET|SUNRISE|MIDNIGHT|MIDDAY|MORNING|EVENING|AFTERNOON|NOON|"
    r"CONTINUOUS|LATER|MOMENTS LATER|SAME)\b.*$"
)
_STAGE_HAN = re.compile(
    r"^第[一二三四五六七八九十百\d]+[场幕集][\s：:、]*|^场景[一二三四五六七八九十\d]+[\s：:、]*|[内外]景[\s：:、]*"
)
_HOUR_HAN = re.compile(
    r"[\s·/—-]+(?:日|夜|晨|昏|黄昏|黎明|清晨|早晨|上午|中午|下午|傍晚|夜晚|深夜|白天|晚上|日内|夜内)$"
)
_COUNTED = re.compile(r"^(?:\d+(?:\.\d+)*[.)、:]?|[一二三四五六七八九十]+[、.．])\s*")
_EDGES = " \t,;:.，。；：、—–-\"“”'‘’「」『』"
_KEPT = frozenset({"iPhone", "eBay"})


def title_case(text: str) -> str:
    """Title case for Latin words: small ones stay small but at the beginning and the end; Chinese as it is."""
    text = text.strip(_EDGES)
    if cjk_letters(text):
        return text
    said = _without_tail(text.split())
    last = len(said) - 1
    return " ".join(_cased(word, small=0 < place < last) for place, word in enumerate(said))


def counted(heading: str) -> str:
    """The number that opens a heading, without its sign: `2`, `三`; "" if there is none."""
    found = _COUNTED.match(heading)
    return found.group().strip().rstrip(".)、:．") if found else ""


def hour(heading: str) -> str:
    """The hour that ends a heading of a screenplay, quietly: `Night`, `夜`; "" if there is none."""
    found = _HOUR.search(heading) or (_HOUR_HAN.search(heading) if cjk_letters(heading) else None)
    return title_case(found.group().strip(_EDGES + "·/").lower()) if found else ""


def heading_title(heading: str) -> str:
    """What a heading is called on a card: without marks of a screenplay, without its numbers; capitals made quiet."""
    name = heading
    while (chapter := parted(name)) and chapter[1]:
        name = chapter[1]
    bare = _HOUR.sub("", _STAGE.sub("", name))
    bare = _HOUR_HAN.sub("", _STAGE_HAN.sub("", bare).strip())
    bare = _COUNTED.sub("", bare).strip(_EDGES) or name.strip()
    if cjk_letters(bare):
        return bare
    letters = [letter for letter in bare if letter.isalpha()]
    shouted = len(letters) > 3 and all(map(str.isupper, letters))
    return title_case(bare.lower()) if shouted else bare


def _without_tail(said: list[str]) -> list[str]:
    """A title does not end with a word that waits for another."""
    while len(said) > 1 and said[-1].lower().strip(_EDGES) in _BROKEN_OFF:
        said = said[:-1]
    return said


def _cased(word: str, *, small: bool) -> str:
    if word in _KEPT or not word:
        return word
    if small and word.lower() in _SMALL:
        return word.lower()
    first = next((place for place, letter in enumerate(word) if letter.isalpha()), 0)
    return word[:first] + word[first].upper() + word[first + 1 :]
