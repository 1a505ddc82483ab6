"""Words that somebody wants said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Cut = Callable[[str], Sequence[str]]
"""A text cut into words without the punctuation around them, as the language is written."""

_OWN = ("'s", "’s")


def overridden(words: Sequence[str], pronunciations: Mapping[str, str], cut: Cut) -> dict[int, tuple[str, ...]]:
    """What is said for the word at each place that one of `pronunciations` (written → said) names.

    A key in small letters means every case, one with capitals only itself; it may be several words. Longer keys come
    first. Spoken words are shared out among the shown ones, at least one each; a shown word left without any is silent.
    """
    found: dict[int, tuple[str, ...]] = {}
    for key in sorted(pronunciations, key=len, reverse=True):
        written, said = list(cut(key)), list(cut(pronunciations[key]))
        if not written or not said:
            continue
        for at in range(len(words) - len(written) + 1):
            places = range(at, at + len(written))
            if not any(place in found for place in places) and _are(words[at : at + len(written)], written, key):
                found.update(zip(places, _shared(said, len(written), words[places[-1]], written[-1]), strict=True))
    return found


def named(text: str, pronunciations: Mapping[str, str]) -> dict[str, str]:
    """Those that may matter to `text`, in order: the others do not change how it sounds."""
    known = text.lower()
    return {key: said for key, said in sorted(pronunciations.items()) if key.strip() and key.strip().lower() in known}


def _are(words: Sequence[str], written: Sequence[str], key: str) -> bool:
    return all(
        one == other or (key.islower() and one.lower() == other)
        for one, other in zip([*words[:-1], _bare_of(words[-1], written[-1])], written, strict=True)
    )


def _bare_of(word: str, written: str) -> str:
    """Without the 's of an owner, unless that was written as well."""
    return word if written.endswith(_OWN) or not word.endswith(_OWN) else word[:-2]


def _shared(said: Sequence[str], shown: int, last: str, written: str) -> list[tuple[str, ...]]:
    words = [*said[:-1], f"{said[-1]}'s"] if last.endswith(_OWN) and not written.endswith(_OWN) else list(said)
    if len(words) >= shown:
        return [*((word,) for word in words[: shown - 1]), tuple(words[shown - 1 :])]
    return [*((word,) for word in words), *((),) * (shown - len(words))]
