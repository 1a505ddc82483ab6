"""Titles of scenes and of a film, made of the script's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from philo_analysis.lexicons import named
from philo_analysis.scenes.phrases import Phrase, phrases
from philo_analysis.text.characters import cjk_letters
from philo_analysis.text.sentences import split

_CLAUSES = re.compile(r"(?:[!?…;:,()\"“”—–]|\.(?=$|[\"”’)]))+|[。！？；：，、「」『』（）…—]+|\s-\s")
_LEAD = re.compile(
    r"^(?:and|but|then|so|suddenly|now|or|yet|because|that|when|while|until|as|however|perhaps)\b,?\s+", re.IGNORECASE
)
_LEAD_HAN = re.compile(
    r"^(?:接着|于是|然后|这时|忽然|突然|可是|但是|但|从此|后来|终于|原来|每年|有一天|一天|便|就|也|又|还)+"
)
_PRONOUNS = named("grammar.en", "pronouns")
_PRONOUNS_HAN = re.compile(r"[他她它我你您咱]")
_SMALL = named("grammar.en", "small")
_ARTICLE = re.compile(r"(?:a|an|the|every|each|one|two|three|four|five|six|seven|no|all)\s", re.IGNORECASE)
_BROKEN_OFF = named("grammar.en", "broken off")
_LONGEST_HAN = 10
_LONGEST_WORDS = 7


def scene_titles(narrations: Sequence[str]) -> tuple[str, ...]:
    """A short title a scene, from its own words; no two alike while the words allow it."""
    spread = Counter(head for narration in narrations for head in {phrase.head for phrase in phrases(narration)})
    taken: set[str] = set()
    titles: list[str] = []
    for narration in narrations:
        title = _best(narration, spread, taken)
        taken.add(title)
        titles.append(title)
    return tuple(titles)


def film_title(text: str) -> str:
    """A title for a text that has none: what it tells of most, else how it begins."""
    found = phrases(text)
    count = Counter(phrase.head for phrase in found)
    best = max(found, key=lambda phrase: (count[phrase.head], len(phrase.text) < 30, len(phrase.text)), default=None)
    if best and (count[best.head] > 1 or _is_painted(best)):
        return _headed(best.text)
    return _opening(text)


def _best(narration: str, spread: Counter[str], taken: set[str]) -> str:
    scored = [(score, title) for score, title in _candidates(narration, spread) if title not in taken]
    return max(scored, key=lambda item: item[0], default=(0.0, _opening(narration)))[1]


def _candidates(narration: str, spread: Counter[str]) -> Iterator[tuple[float, str]]:
    for clause in _clauses(narration):
        bare = _LEAD_HAN.sub("", clause) if cjk_letters(clause) else _LEAD.sub("", clause)
        if fit := _fitness(bare):
            yield fit + _rarity(bare, spread), _headed(bare)
    for phrase in phrases(narration):
        painted = 1.1 if _is_painted(phrase) or cjk_letters(phrase.text) else -0.5
        yield painted + 1 / spread[phrase.head], _headed(phrase.text)


def _clauses(narration: str) -> Iterator[str]:
    """Clauses that can stand alone: the first of a sentence, or one that begins with what it is about."""
    for sentence in split(narration):
        for place, clause in enumerate(filter(None, map(str.strip, _CLAUSES.split(sentence)))):
            bare = _LEAD.sub("", clause)
            about = next(iter(phrases(bare)), None)
            article = _ARTICLE.match(bare)
            if not place or cjk_letters(clause) or article or (about and about.start == 0):
                yield clause


def _fitness(clause: str) -> float:
    """How well a clause stands as a title by its shape; 0 when it cannot."""
    if cjk_letters(clause):
        fits = 4 <= len(clause) <= _LONGEST_HAN and not _PRONOUNS_HAN.search(clause) and "的时候" not in clause
        return 1.5 if fits and clause[-1] not in "的了着时" else 0.8 if fits else 0.0
    said = clause.lower().split()
    if not 2 <= len(said) <= _LONGEST_WORDS or not clause[0].isalpha() or said[-1] in _BROKEN_OFF | _PRONOUNS:
        return 0.0
    if _PRONOUNS & set(said):
        return 0.7 if len(said) <= 5 else 0.0
    return 1.6 if len(said) >= 3 else 0.5


def _is_painted(phrase: Phrase) -> bool:
    if cjk_letters(phrase.text):
        return len(phrase.text) > len(phrase.head)
    return len(phrase.text.split()) > len(phrase.head.split())


def _rarity(clause: str, spread: Counter[str]) -> float:
    """What a title says that other scenes do not: up to 1 for each noun, at most 1.6; without nouns it loses."""
    found = {phrase.head for phrase in phrases(clause)}
    return min(1.6, sum(1 / max(1, spread[head]) for head in found)) if found else -1.0


def _headed(text: str) -> str:
    """Title case for Latin words: small ones stay small but at the beginning."""
    if cjk_letters(text):
        return text
    said = text.split()
    rest = [word if word.lower() in _SMALL else word[0].upper() + word[1:] for word in said[1:]]
    return " ".join([said[0][0].upper() + said[0][1:], *rest])


def _opening(text: str) -> str:
    first = next(iter(split(text)), text)
    clause = next(filter(None, map(str.strip, _CLAUSES.split(_LEAD.sub("", first)))), text.strip())
    if cjk_letters(clause):
        return clause[:12]
    said = clause.split()[:7]
    while len(said) > 1 and said[-1].lower() in _BROKEN_OFF | _PRONOUNS:
        said.pop()
    return _headed(" ".join(said))[:80]
