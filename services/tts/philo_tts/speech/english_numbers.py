"""English number words. Hyphens as written: twenty-one; no "and" (American)."""

from __future__ import annotations

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
LARGEST = 10**15

Words = tuple[str, ...]


def cardinal(number: int) -> Words:
    """342 → three hundred forty-two. From a quadrillion on digit by digit."""
    if number < 0:
        return ("minus", *cardinal(-number))
    if number >= LARGEST:
        return digits(str(number))
    for scale, name in SCALES:
        if number >= scale:
            high, low = divmod(number, scale)
            return (*cardinal(high), name, *(cardinal(low) if low else ()))
    return _below_thousand(number)


def _below_thousand(number: int) -> Words:
    if number >= 100:
        high, low = divmod(number, 100)
        return (UNITS[high], "hundred", *(_below_thousand(low) if low else ()))
    if number < 20:
        return (UNITS[number],)
    ten, unit = divmod(number, 10)
    return (f"{TENS[ten]}-{UNITS[unit]}" if unit else TENS[ten],)


def digits(text: str) -> Words:
    return tuple(UNITS[int(sign)] for sign in text)


def decimal(whole: str, fraction: str) -> Words:
    return (*cardinal(int(whole or "0")), "point", *digits(fraction))


def ordinal(number: int) -> Words:
    """21 → twenty-first."""
    *front, last = cardinal(number)
    head, dash, end = last.rpartition("-")
    regular = f"{end[:-1]}ieth" if end.endswith("y") else f"{end}th"
    end = ORDINALS.get(end, regular)
    return (*front, head + dash + end)


def year(number: int) -> Words:
    """1984 → nineteen eighty-four, 2005 → two thousand five, 1900 → nineteen hundred."""
    century, rest = divmod(number, 100)
    if number % 1000 < 10 or not 1000 <= number < 10000:
        return cardinal(number)
    if rest == 0:
        return (*cardinal(century), "hundred")
    return (*cardinal(century), *(("oh",) if rest < 10 else ()), *cardinal(rest))


def plural(words: Words) -> Words:
    """nineteen ninety → nineteen nineties."""
    *front, last = words
    return (*front, f"{last[:-1]}ies" if last.endswith("y") else f"{last}es" if last.endswith("x") else f"{last}s")
