"""Chinese number words (Mandarin, simplified)."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
GROUPS = ("", "万", "亿", "万亿")
LARGEST = 10**16


def cardinal(number: int) -> str:
    """10203 → 一万零二百零三. From ten quadrillion on digit by digit."""
    if number < 0:
        return f"负{cardinal(-number)}"
    if number >= LARGEST:
        return digits(str(number))
    if number == 0:
        return DIGITS[0]
    said = ""
    gap = False
    for power in range(len(GROUPS) - 1, -1, -1):
        group = number // 10 ** (4 * power) % 10_000
        if group:
            said += ("零" if said and (gap or group < 1000) else "") + _group(group, first=not said) + GROUPS[power]
        gap = group == 0
    return _two_or_pair(said)


def _group(number: int, *, first: bool) -> str:
    said = ""
    gap = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + PLACES[place]
        gap = digit == 0
    return said.removeprefix("一") if first and said.startswith("一十") else said


def _two_or_pair(said: str) -> str:
    """二千 and 二万 at the beginning are said 两千 and 两万."""
    return f"两{said[1:]}" if said[:1] == "二" and said[1:2] in {"千", "万", "亿"} else said


def digits(text: str) -> str:
    return "".join(DIGITS[int(sign)] for sign in text)


def decimal(whole: str, fraction: str) -> str:
    return f"{cardinal(int(whole or '0'))}点{digits(fraction)}"
