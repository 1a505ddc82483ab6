"""Titles of scenes, made of the script's own words: its headings where it has some, else the clause that says most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from philo_analysis.lexicons import is_listed, named
from philo_analysis.scenes.cast import Cast
from philo_analysis.scenes.figures import Figure
from philo_analysis.scenes.headlines import heading_title, title_case
from philo_analysis.scenes.passages import Passage
from philo_analysis.scenes.phrases import Phrase, phrases
from philo_analysis.text.characters import cjk_letters
from philo_analysis.text.sentences import split

_CLAUSES = re.compile(r"(?:[!?…;:,()\"“”—–]|\.(?=$|[\"”’)]))+|[。！？；：，、「」『』（）…—]+|\s-\s")
_LEAD = re.compile(
    r"^(?:and|but|then|so|suddenly|now|or|yet|because|that|when|while|until|as|however|perhaps|for|if|in fact|at last)"
    r"\b,?\s+",
    re.IGNORECASE,
)
_LEAD_HAN = re.compile(
    r"^(?:接着|于是|然后|这时|忽然|突然|可是|但是|但|从此|后来|终于|原来|每年|有一天|一天|便|就|也|又|还|而且|因为|所以|如果|为了|当|据悉|名叫|叫做)+"
)
_PRONOUNS = named("grammar.en", "pronouns")
_PRONOUNS_HAN = re.compile(r"[他她它我你您咱这那]")
_ARTICLE = re.compile(r"(?:a|an|the|every|each|one|two|three|four|five|six|seven|no|all)\s", re.IGNORECASE)
_BROKEN_OFF = named("grammar.en", "broken off")
_OPEN_HAN = re.compile(r"[的了着时地得和与在把被是从对为]$")
_SUBJECT = re.compile(r"^(?:he|she)\b|^[他她](?!们)", re.IGNORECASE)
_BORDERS = named("grammar.en", "borders")
_JOINS = frozenset({"and", "but", "or", "because", "while", "when", "until", "that", "which", "who"})
_BEFORE = re.compile(r"\b(?:a|an|the)\s$", re.IGNORECASE)
_SPOKEN = re.compile(r"[\"“「『]")
_LONGEST_HAN, _MOST_HAN = 10, 14
_LONGEST_WORDS = 7
_BROKEN = 0.4
_MOST_READ = 1_200
"""Characters of a scene that its title is chosen from."""


def scene_titles(passages: Sequence[Passage], cast: Cast, language: str = "en") -> tuple[str, ...]:
    """A short title a scene; no two alike while the words allow it. A `she` that opens it is called by her name."""
    spread = Counter(head for told in passages for head in {phrase.head for phrase in phrases(told.narration)})
    known = is_listed(language)
    taken: set[str] = set()
    titles: list[str] = []
    for told, there in zip(passages, cast.present, strict=True):
        own = heading_title(told.heading)[:120] if told.heading else ""
        if not own or own in taken:
            own = (
                _best(told.narration[:_MOST_READ], there, spread, taken)
                if known
                else opening(told.narration, plain=True)
            )
        title = own
        taken.add(title)
        titles.append(title)
    return tuple(titles)


def is_painted(phrase: Phrase) -> bool:
    """Whether a noun stands with words that paint it."""
    if cjk_letters(phrase.text):
        return len(phrase.text) > len(phrase.head)
    return len(phrase.text.split()) > len(phrase.head.split())


def opening(text: str, *, plain: bool = False) -> str:
    """How a text begins, as a title of at most seven words or twelve Chinese characters; `plain` without capitals."""
    text = text[:_MOST_READ]
    first = next(iter(split(text)), text)
    clause = next(filter(None, map(str.strip, _CLAUSES.split(_LEAD.sub("", first)))), text.strip())
    if cjk_letters(clause):
        return _OPEN_HAN.sub("", clause[:12]) or clause[:12]
    said = clause.split()[:_LONGEST_WORDS]
    while len(said) > 1 and said[-1].lower() in _BROKEN_OFF | _PRONOUNS:
        said.pop()
    return (" ".join(said) if plain else title_case(" ".join(said)))[:80] or text.strip()[:80]


def fitness(clause: str) -> float:
    """How well a clause stands as a title by its shape; 0 when it cannot."""
    if cjk_letters(clause):
        if (
            _LONGEST_HAN < len(clause) <= _MOST_HAN
            and not _PRONOUNS_HAN.search(clause)
            and not _OPEN_HAN.search(clause)
        ):
            return 0.8
        fits = 4 <= len(clause) <= _LONGEST_HAN and not _PRONOUNS_HAN.search(clause) and "的时候" not in clause
        return 1.5 if fits and not _OPEN_HAN.search(clause) else 0.4 if fits else 0.0
    said = clause.lower().split()
    if not 2 <= len(said) <= _LONGEST_WORDS or not clause[0].isalpha() or said[-1] in _BROKEN_OFF | _PRONOUNS:
        return 0.0
    if _PRONOUNS & set(said):
        return 0.7 if len(said) <= 5 else 0.3
    return 1.6 if len(said) >= 3 else 0.5


def _best(narration: str, there: Sequence[Figure], spread: Counter[str], taken: set[str]) -> str:
    found = _candidates(narration, there, spread)
    scored = [(score, title) for score, title in found if title and title not in taken]
    return max(scored, key=lambda item: item[0], default=(0.0, opening(narration)))[1]


def _candidates(narration: str, there: Sequence[Figure], spread: Counter[str]) -> Iterator[tuple[float, str]]:
    for clause in _clauses(narration):
        bare = _LEAD_HAN.sub("", clause) if cjk_letters(clause) else _LEAD.sub("", clause)
        bare = shortened(_by_name(bare, there))
        if fit := fitness(bare):
            yield fit + _rarity(bare, spread), title_case(bare)
        elif not cjk_letters(bare) and len(bare.split()) > _LONGEST_WORDS and _ARTICLE.match(bare):
            yield _BROKEN, title_case(opened(bare))
    for phrase in phrases(narration):
        painted = 0.9 if is_painted(phrase) else 0.3 if len(phrase.text) > 2 and cjk_letters(phrase.text) else -1.2
        yield painted + 1 / max(1, spread[phrase.head]), title_case(_with_article(phrase, narration))


def _with_article(phrase: Phrase, narration: str) -> str:
    """`The Iron Fence` where the text has an article, `Warm Bread` where it has none."""
    return f"The {phrase.text}" if _BEFORE.search(narration[max(0, phrase.start - 5) : phrase.start]) else phrase.text


def _by_name(clause: str, there: Sequence[Figure]) -> str:
    """A clause whose `he` or `她` is called by what the film calls them."""
    found = _SUBJECT.match(clause)
    if not found:
        return clause
    gender = "female" if found.group().lower() in {"she", "她"} else "male"
    meant = next((figure for figure in there if figure.gender == gender), None)
    if meant is None:
        return clause
    called = meant.name or (meant.role if cjk_letters(meant.role) else f"The {max(meant.heads, key=len)}")
    return called + clause[found.end() :]


def shortened(clause: str) -> str:
    """A clause of at most seven words, cut before a word that opens what can be left out."""
    said = clause.split()
    if cjk_letters(clause) or len(said) <= _LONGEST_WORDS:
        return clause
    ends = [place for place in range(3, _LONGEST_WORDS + 1) if said[place].lower() in _BORDERS]
    if not ends:
        return clause
    kept = said[: next((place for place in ends if said[place].lower() in _JOINS), ends[-1])]
    while len(kept) > 1 and kept[-1].lower() in _BROKEN_OFF:
        kept.pop()
    return " ".join(kept)


def opened(clause: str) -> str:
    """The first seven words of a clause, fewer where it can be cut better."""
    return " ".join(shortened(clause).split()[:_LONGEST_WORDS])


def _clauses(narration: str) -> Iterator[str]:
    """Clauses that can stand alone: the first of a sentence, or one that begins with what it is about."""
    for sentence in split(narration):
        if _SPOKEN.match(sentence):
            continue
        for place, clause in enumerate(filter(None, map(str.strip, _CLAUSES.split(sentence)))):
            bare = _LEAD.sub("", clause)
            about = next(iter(phrases(bare)), None)
            article = _ARTICLE.match(bare)
            if not place or cjk_letters(clause) or article or (about and about.start == 0) or _SUBJECT.match(bare):
                yield clause


def _rarity(clause: str, spread: Counter[str]) -> float:
    """What a title says that other scenes do not: up to 1 for each noun, at most 1.6; without nouns it loses."""
    found = {phrase.head for phrase in phrases(clause)}
    return min(1.6, sum(1 / max(1, spread[head]) for head in found)) if found else -1.0
