"""How figures, signs and foreign words in a Chinese text are said; characters are said as they are."""

from __future__ import annotations

import re
import unicodedata

from philo_tts.speech.chinese_figures import figure
from philo_tts.speech.chinese_numbers import cardinal, digits
from philo_tts.speech.chinese_units import ADDRESS, NAMES, SILENT, SYMBOLS, UNITS
from philo_tts.speech.english_addresses import is_address, spell_address
from philo_tts.speech.english_roman import value
from philo_tts.speech.english_short import is_spelled

_RUNS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:\.\d+)?|[&+@=×÷≈]")
_KEPT = ("℃", "℉", "²", "³", *"½⅓⅔¼¾⅛⅜⅝⅞")
_AFTER_ROMAN = frozenset("章世卷部期型级篇节节册代")


def say(core: str, before: str, after: str) -> tuple[str, ...]:
    """What is said for a run of letters, figures and signs between the character `before` and the two of `after`."""
    text = core if core.endswith(_KEPT) else unicodedata.normalize("NFKC", core).replace("−", "-")
    if text in SYMBOLS or text in SILENT:
        heard = text not in SILENT or (before.isdigit() and after[:1].isdigit())
        return tuple(SYMBOLS.get(text, "")) if heard else ()
    return _foreign(text, before, after) or _parts(figure(text, before, after) or "") or _pieces(text)


def _foreign(text: str, before: str, after: str) -> tuple[str, ...]:
    """Addresses, names, units right after a figure, Roman numerals."""
    if is_address(text):
        return spell_address(text, ADDRESS, lambda run: tuple(digits(run)))
    if text.lower() in NAMES:
        return tuple(NAMES[text.lower()].split())
    if text in UNITS and before.isdigit():
        return _parts(UNITS[text])
    number = value(text) if after and (before == "第" or after[0] in _AFTER_ROMAN) else None
    return tuple(cardinal(number)) if number else ()


def _parts(said: str) -> tuple[str, ...]:
    return tuple(said.replace(" ", ""))


def _pieces(text: str) -> tuple[str, ...]:
    """Foreign words as they are, figures within them as numbers: GPT4 → GPT 四; short forms by letter."""
    words: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text)):
        if run[0].isdecimal():
            words.extend(figure(run, "", "") or digits(re.sub(r"\D", "", run)))
        elif run in SYMBOLS:
            words.extend(SYMBOLS[run])
        elif is_spelled(run):
            words.extend(run)
        else:
            words.append(run)
    return tuple(words)
