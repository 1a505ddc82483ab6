"""Which language a character's script speaks for, when it is not that of the text."""

from __future__ import annotations

HAN = "han"
LATIN = "latin"
_LATIN = frozenset({LATIN})

_RANGES = (
    (0x0041, 0x024F, LATIN), (0x0370, 0x03FF, "el"), (0x0400, 0x052F, "ru"), (0x0531, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, "ar"), (0x0750, 0x077F, "ar"), (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"), (0x0A00, 0x0A7F, "pa"), (0x0A80, 0x0AFF, "gu"), (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"), (0x0C80, 0x0CFF, "kn"), (0x0D00, 0x0D7F, "ml"), (0x0E00, 0x0E7F, "th"),
    (0x10A0, 0x10FF, "ka"), (0x1100, 0x11FF, "ko"), (0x1E00, 0x1EFF, LATIN), (0x3040, 0x30FF, "ja"),
    (0x3400, 0x4DBF, HAN), (0x4E00, 0x9FFF, HAN), (0xAC00, 0xD7AF, "ko"), (0xF900, 0xFAFF, HAN), (0x20000, 0x323AF, HAN),
)  # fmt: skip

WRITES: dict[str, frozenset[str]] = {
    "zh": frozenset({HAN}),
    "ja": frozenset({HAN, "ja"}),
    "ko": frozenset({HAN, "ko"}),
    **{own: frozenset({own}) for own in ("el", "he", "th", "hy", "ka", "bn", "pa", "gu", "ta", "te", "kn", "ml")},
    **dict.fromkeys(("ar", "fa", "ur"), frozenset({"ar"})),
    **dict.fromkeys(("hi", "mr", "ne"), frozenset({"hi"})),
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be", "kk"), frozenset({"ru"})),
}
"""The scripts of a language's own words; languages that are not here write Latin letters."""


def primary(language: str) -> str:
    return language.partition("-")[0].lower()


def script(character: str) -> str | None:
    """A script's name, or None for what belongs to all (digits, punctuation, emoji)."""
    point = ord(character)
    if not character.isalpha():
        return None
    return next((name for first, last, name in _RANGES if first <= point <= last), None)


def is_at_home(name: str, language: str) -> bool:
    return name in WRITES.get(primary(language), _LATIN)


def language_of(name: str, beside: str) -> str:
    """Whom a script speaks for, in a text whose language is `beside`."""
    if name == HAN:
        return "zh"
    return "en" if name == LATIN else beside if is_at_home(name, beside) else name
