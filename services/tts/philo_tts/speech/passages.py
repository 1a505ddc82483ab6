"""A text cut into what is spoken in one breath by one voice: sentences, each in its own language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from philo_tts.speech import english_short, western
from philo_tts.speech.scripts import HAN, LATIN, is_at_home, language_of, primary, script
from philo_tts.speech.tongue import TONGUES, tongue

LONGEST = 300
"""Characters of one passage: longer sentences are cut at a comma, else at a blank."""

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?:\s*\n\s*|(?=\s|$))|[。！？…]+[”’」』）》]*(?:\s*\n\s*)?|\n\s*")
_CUT = re.compile(r"[,;:，、；：—–]\s*|\s+")
_WORD_BEFORE = re.compile(r"([\w.]+)\.$")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Passage:
    """`paragraph` tells that a paragraph ends with it."""

    text: str
    language: str
    paragraph: bool = False


def clean(text: str) -> str:
    """Without NUL, control and direction characters; lines keep their ends, runs of blanks become one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    kept = (sign for sign in text if sign.isspace() or sign == _JOINER or unicodedata.category(sign) not in _INVISIBLE)
    return re.sub(r"[^\S\n]+", " ", "".join(kept)).strip()


def passages(text: str, language: str) -> tuple[Passage, ...]:
    """The sentences of `text` (BCP 47 `language`) in order, each with the language of the voice that can read it."""
    found: list[Passage] = []
    for sentence, paragraph in _sentences(clean(text), language):
        parts = [Passage(run, own) for run, own in _runs(sentence, language)]
        parts = [Passage(piece, part.language) for part in parts for piece in _shorter(part.text)]
        if parts and paragraph:
            parts[-1] = Passage(parts[-1].text, parts[-1].language, paragraph=True)
        found.extend(parts)
    return tuple(found)


def _sentences(text: str, language: str) -> Iterator[tuple[str, bool]]:
    start = 0
    for end in _END.finditer(text):
        if _is_inside(text, start, end, language):
            continue
        sentence = text[start : end.end()].strip()
        if sentence:
            yield sentence, "\n" in end.group()
        start = end.end()
    if rest := text[start:].strip():
        yield rest, True


def _is_inside(text: str, start: int, end: re.Match[str], language: str) -> bool:
    """A full stop after a short form, or before a word in small letters."""
    if end.group() != ".":
        return False
    before = _WORD_BEFORE.search(text[start : end.end()])
    after = text[end.end() :].lstrip()[:1]
    return after.islower() or bool(after and before and _is_short(before[1], after, language))


def _is_short(core: str, after: str, language: str) -> bool:
    """Whether the full stop is that of a short form, or of an ordinal where these are written so."""
    own = primary(language)
    if own in TONGUES:
        return western.is_abbreviation(core, tongue(own))
    return english_short.is_abbreviation(core, after)


def _runs(sentence: str, language: str) -> list[tuple[str, str]]:
    """The sentence as one, if a voice of one language can read it; else parted where the script changes."""
    scripts = Counter(name for sign in sentence if (name := script(sign)))
    if not scripts or all(is_at_home(name, language) for name in scripts):
        return [(sentence, language)]
    if "ja" in scripts:
        return [(sentence, "ja")]
    at_home = sum(count for name, count in scripts.items() if is_at_home(name, language))
    letters = scripts[LATIN]
    if not at_home:
        language = language_of(max(scripts, key=lambda name: scripts[name]), language)
    if set(scripts) <= {HAN, LATIN} and scripts[HAN] * 6 >= letters and primary(language) == "zh":
        return [(sentence, language)]  # the Chinese voice reads foreign names
    return _parted(sentence, language)


def _parted(sentence: str, language: str) -> list[tuple[str, str]]:
    runs: list[tuple[str, str]] = []
    for sign in sentence:
        name = script(sign)
        own = (language if is_at_home(name, language) else language_of(name, language)) if name else None
        if runs and (own is None or own == runs[-1][1]):
            runs[-1] = (runs[-1][0] + sign, runs[-1][1])
        elif runs and not any(map(script, runs[-1][0])):
            runs[-1] = (runs[-1][0] + sign, own or language)
        else:
            runs.append((sign, own or language))
    return [(text.strip(), own) for text, own in runs if text.strip()]


def _shorter(text: str) -> Iterator[str]:
    while len(text) > LONGEST:
        cuts = list(_CUT.finditer(text, LONGEST // 2, LONGEST))
        marks = [cut for cut in cuts if not cut.group().isspace()]
        at = (marks or cuts)[-1].end() if cuts else LONGEST
        yield text[:at].strip()
        text = text[at:].strip()
    if text:
        yield text
