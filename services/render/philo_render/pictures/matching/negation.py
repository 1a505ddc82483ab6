"""What a text says is not there: taken out before anything is counted."""

from __future__ import annotations

import re
from collections.abc import Callable

_ENGLISH = re.compile(
    r"\b(?:no|not|isn't|wasn't|weren't|aren't|without|neither|nor|instead of|rather than)\s+"
    r"(?!(?:one|doubt|matter|longer|sooner|other|wonder|only|just|more than|less)\b)"
    r"(?P<gone>(?:(?:an?|the|any|more|single|his|her|its|their|your|my|our)\s+)*[a-z'-]+(?:\s+(?:or|nor)\s+[a-z'-]+)*"
    r"(?:\s+[a-z'-]+)?)"
)
_NEEDS_ARTICLE = re.compile(r"(?:not|isn't|wasn't|weren't|aren't)\s+(?!an?\s|any\s|the\s)")
_CHINESE = re.compile(r"(?:没有|(?<!是)不是|并非|毫无|没见过|不再有|而非)(?:任何|[一半][只个条头匹座片艘位棵朵点丝])?")
_LONGEST = 6


def without_denied(text: str) -> str:
    """A lower-case English text with "no wolves", "not a lion", "without any snow" blanked out.

    "Not" alone denies a deed, not a thing: "he did not cross the river" still shows the river.
    """

    def blank(found: re.Match[str]) -> str:
        if _NEEDS_ARTICLE.match(found.group()):
            return found.group()
        kept = len(found.group()) - len(found["gone"])
        return found.group()[:kept] + " " * len(found["gone"])

    return _ENGLISH.sub(blank, text)


def without_denied_zh(text: str, known: Callable[[str], bool]) -> str:
    """A Chinese text without the known word that follows 没有, 不是, 毫无 …"""
    for found in reversed(list(_CHINESE.finditer(text))):
        start = found.end()
        for length in range(min(_LONGEST, len(text) - start), 0, -1):
            if known(text[start : start + length]):
                text = text[:start] + "，" * length + text[start + length :]
                break
    return text
