"""URLs and e-mail addresses, as a person says them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from philo_tts.speech.english_lexicon import ADDRESS
from philo_tts.speech.english_numbers import Words, cardinal, digits

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6}(?:/\S*)?",
    re.IGNORECASE,
)
_BARE_HOST = re.compile(
    r"\.(?:com|org|net|io|dev|ai|app|edu|gov|co|uk|de|cn|fr|tv|me|info|museum)(?:/\S*)?$", re.IGNORECASE
)
_PARTS = re.compile(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]")


def is_address(core: str) -> bool:
    if not _ADDRESS.fullmatch(core):
        return False
    return "@" in core or "://" in core or core.lower().startswith("www.") or bool(_BARE_HOST.search(core))


def say_address(core: str) -> Words:
    """https://philo.dev/a-b → philo dot dev slash a dash b."""
    return spell_address(core, ADDRESS, lambda run: cardinal(int(run)) if len(run) <= 2 else digits(run))


def spell_address(core: str, signs: Mapping[str, str], figures: Callable[[str], Words]) -> Words:
    """The parts of an address in order, its signs and figures as the caller says them."""
    core = re.sub(r"^https?://(?:www\.)?", "", core, flags=re.IGNORECASE).rstrip("/")
    words: list[str] = []
    for part in _PARTS.findall(core):
        if part.isdecimal():
            words.extend(figures(part))
        elif part.lower() == "www":
            words.extend(("W", "W", "W,"))
        else:
            words.extend(signs.get(part, part).split() if part.isascii() else ())
    return tuple(words)
