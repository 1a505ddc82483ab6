"""What stands in a text and is not for the ear: blocks of code, and the far ends of web addresses."""

from __future__ import annotations

import re

CODE_LEFT_OUT = "code_left_out"
"""Notice: blocks of code were in the text, and nobody speaks them."""

_FENCE = re.compile(r"^\s{0,3}(?:>\s?)*(`{3,}|~{3,})[^`\n]*$")
_ADDRESS = r"(?:https?://|www\.)[^\s<>\"“”，。！？；、（）「」《》]{1,2000}"
_BRACKETED = re.compile(rf"\s?[(\[（【<]\s*{_ADDRESS}\s*[)\]）】>]")
_ALONE = re.compile(rf"^[ \t]*[<(]?{_ADDRESS}[)>]?[ \t]*$", re.MULTILINE)
_IN_LINE = re.compile(_ADDRESS)
_HOST = re.compile(r"^(?:https?://)?(?:[^/@\s]*@)?(?:www\.)?([^/?#:\s]+)")
_CREDIT = re.compile(
    r"^[ \t]*[（(【\[]?(?:本报讯|本网讯|(?:据)?新华社[^\s，。]{0,14}[电讯])[）)】\]]?[ \t:：，]*", re.MULTILINE
)


def without_code(text: str) -> tuple[str, bool]:
    """The text without fenced blocks of code, and whether there were any. A fence that never closes opens no block."""
    lines = text.split("\n")
    kept: list[str] = []
    opened: int | None = None
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if found and opened is None:
            opened, fence = len(kept), found.group(1)
        elif found and line.strip(" >").rstrip() and _closes(found.group(1), fence) and opened is not None:
            kept[opened:] = [""]
            opened = None
            continue
        kept.append(line)
    cut = "\n".join(kept)
    return cut, cut != text


def without_addresses(text: str) -> str:
    """Web addresses as a person says them: the name of the site. Those in brackets or alone in a line are gone."""
    if "://" not in text and "www." not in text:
        return text
    text = _ALONE.sub("", _BRACKETED.sub("", text))
    return _IN_LINE.sub(_site, text)


def without_credits(text: str) -> str:
    """News without the agency's mark that opens a Chinese report."""
    return _CREDIT.sub("", text)


def _closes(mark: str, fence: str) -> bool:
    return mark[0] == fence[0] and len(mark) >= len(fence)


def _site(address: re.Match[str]) -> str:
    said = address.group()
    trailing = said[len(said.rstrip(".,;:!?)]'")) :]
    found = _HOST.match(said)
    return (found.group(1).rstrip(".,;:!?)]'") if found else said) + trailing
