"""Figures in a Chinese text: dates, clock, ranges, fractions, money, percent, units, telephone numbers."""

from __future__ import annotations

import re

from philo_tts.speech.chinese_numbers import cardinal, decimal, digits
from philo_tts.speech.chinese_units import CURRENCIES, MAGNITUDES, MEASURES, NOT_PAIRS, PAIRS, SIGNS, UNITS
from philo_tts.speech.english_units import VULGAR

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_FIGURE = re.compile(rf"([-−+~±≈<>≤≥]?)({_NUMBER})(?:\.(\d+))?")
_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?")
_RANGE = re.compile(r"(.*\d[^-–—~]*)[-–—~]+(\D{0,3}\d.*)")
_FRACTION = re.compile(r"(-?)(\d+)/(\d+)")
_SCORE = re.compile(r"(\d+):(\d+)")
_VULGAR = re.compile(rf"(\d+)?([{''.join(VULGAR)}])")
_CURRENCY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_MONEY = re.compile(rf"([-−]?)({_CURRENCY})({_NUMBER})(?:\.(\d+))?")
_MONEY_AFTER = re.compile(rf"([-−]?)({_NUMBER})(?:\.(\d+))?({_CURRENCY})")
_UNIT = re.compile(rf"([-−+~±≈]?(?:{_NUMBER})(?:\.\d+)?)-?([^\d\s.,]+\d?)")
_SIZES = re.compile(r"(\d+)[x×*](\d+)(?:[x×*](\d+))?")
_VERSION = re.compile(r"[vV]?\d+(?:\.\d+){2,}")
_PHONE = re.compile(r"(?:\+?86-?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|400-?\d{3,4}-?\d{3,4}|0\d{2,3}-\d{7,8}")
_YEARS = frozenset({"财年", "財年", "学年", "學年", "赛季", "賽季"})
_PER = {"%": "百分之", "‰": "千分之"}


def figure(text: str, before: str, after: str) -> str | None:
    """What is said for `text` between the characters `before` and `after`; None if it is no figure. No blanks but in G B."""
    for rule in (_phone, _date, _clock, _percent, _range, _fraction, _money, _plain, _sizes, _with_unit, _version):
        if said := rule(text, before, after):
            return said
    return None


def currency_of(text: str) -> str:
    """What follows the magnitude after an amount: $5 (万) → 美元."""
    found = _MONEY.fullmatch(text)
    return CURRENCIES[found[2]] if found else ""


def _phone(text: str, _before: str, _after: str) -> str | None:
    """One is yāo in telephone numbers."""
    return digits(re.sub(r"\D", "", text)).replace("一", "幺") if _PHONE.fullmatch(text) else None


def _date(text: str, _before: str, _after: str) -> str | None:
    found = _DATE.fullmatch(text)
    if found and 1 <= int(found[3]) <= 12 and 1 <= int(found[4]) <= 31:
        return f"{digits(found[1])}年{cardinal(int(found[3]))}月{cardinal(int(found[4]))}日"
    return None


def _clock(text: str, _before: str, _after: str) -> str | None:
    if not (found := _CLOCK.fullmatch(text)):
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    seconds = f"{cardinal(second)}秒" if second else ""
    said = f"{'两' if hour == 2 else cardinal(hour)}点"
    if not minute and not second:
        return said if hour else "零点"
    return f"{said}{'零' if minute < 10 else ''}{cardinal(minute) if minute else ''}分{seconds}"


def _range(text: str, before: str, after: str) -> str | None:
    if not (found := _RANGE.fullmatch(text)) or text.startswith("+"):
        return None
    low, high = found.groups()
    currency = re.match(_CURRENCY, low)
    high = f"{currency[0]}{high}" if currency and high[:1].isdigit() else high
    years = after[:1] == "年" and len(low) == 4
    low_said = digits(low) if years and low.isdecimal() else figure(low, before, "" if len(low) > 3 else after)
    if currency and low_said and high.startswith(currency[0]):
        low_said = figure(low.removeprefix(currency[0]), "", "")
    high_said = figure(high, "", after)
    return f"{low_said}到{high_said}" if low_said and high_said else None


def _fraction(text: str, _before: str, _after: str) -> str | None:
    if found := _FRACTION.fullmatch(text):
        return f"{'负' if found[1] else ''}{cardinal(int(found[3]))}分之{cardinal(int(found[2]))}"
    if found := _VULGAR.fullmatch(text):
        over, under = VULGAR[found[2]]
        return f"{cardinal(int(found[1])) + '又' if found[1] else ''}{cardinal(under)}分之{cardinal(over)}"
    found = _SCORE.fullmatch(text)
    return f"{cardinal(int(found[1]))}比{cardinal(int(found[2]))}" if found else None


def _money(text: str, _before: str, after: str) -> str | None:
    if found := _MONEY.fullmatch(text):
        sign, currency, whole, cents = found.groups()
    elif found := _MONEY_AFTER.fullmatch(text):
        sign, whole, cents, currency = found.groups()
    else:
        return None
    cents = (cents or "").rstrip("0")
    return _number(sign, whole, cents) + ("" if after[:1] in MAGNITUDES and after else CURRENCIES[currency])


def _percent(text: str, _before: str, _after: str) -> str | None:
    if text[-1:] not in _PER:
        return None
    if found := _FIGURE.fullmatch(text[:-1]):
        return f"{SIGNS.get(found[1], '')}{_PER[text[-1]]}{_number('', found[2], found[3])}"
    low, dash, high = re.sub(r"[–—~]", "-", text).partition("-")
    low = low if low.endswith(text[-1]) else f"{low}{text[-1]}"
    parts = [_percent(part, "", "") for part in (low, high)] if dash and low[:-1] else []
    return "到".join(part for part in parts if part) if parts and all(parts) else None


def _plain(text: str, before: str, after: str) -> str | None:
    if not (found := _FIGURE.fullmatch(text)):
        return None
    sign, whole, fraction = found.groups()
    if not sign and not fraction and (_is_year(whole, before, after) or _is_code(whole)):
        return digits(whole)
    if whole == "2" and not fraction and before != "第" and _is_measured(after):
        return f"{SIGNS.get(sign, '')}两"
    return _number(sign, whole, fraction)


def _is_measured(after: str) -> bool:
    if any(after.startswith(word) for word in NOT_PAIRS):
        return False
    return (after[:1] in MEASURES and bool(after)) or after[:2] in PAIRS


def _sizes(text: str, _before: str, _after: str) -> str | None:
    if not (found := _SIZES.fullmatch(text)):
        return None
    return "乘".join(cardinal(int(side)) for side in found.groups() if side)


def _with_unit(text: str, _before: str, _after: str) -> str | None:
    found = _UNIT.fullmatch(text)
    amount = _FIGURE.fullmatch(found[1]) if found else None
    if found and amount and (name := _unit(found[2])):
        sign, whole, fraction = amount.groups()
        said = f"{SIGNS.get(sign, '')}两" if whole == "2" and not fraction else _number(sign, whole, fraction)
        return said + name
    return None


def _unit(name: str) -> str | None:
    """Also one per another: μg/m³."""
    head, per, tail = name.partition("/")
    if name in UNITS or not per:
        return UNITS.get(name)
    return f"{UNITS[head]}每{UNITS[tail]}" if head in UNITS and tail in UNITS else None


def _version(text: str, _before: str, _after: str) -> str | None:
    if not _VERSION.fullmatch(text):
        return None
    return "点".join(cardinal(int(part)) if len(part) < 3 else digits(part) for part in text.lstrip("vV").split("."))


def _number(sign: str, whole: str, fraction: str | None) -> str:
    plain = whole.replace(",", "")
    return SIGNS.get(sign, "") + (decimal(plain, fraction) if fraction else cardinal(int(plain)))


def _is_year(whole: str, before: str, after: str) -> bool:
    """1998年 and 98年, but 1000年 and 3000年 last as long; before 前 (of our era) as well."""
    if after[:2] in _YEARS:
        return len(whole) == 4
    if after[:1] != "年" or (after[:2] in {"年级", "年前", "年后", "年來", "年来", "年間", "年间"} and len(whole) != 4):
        return False
    if before == "前" and len(whole) == 3:
        return True
    if after[:2] == "年代" and len(whole) == 2:
        return False
    return (len(whole) == 4 and (whole[-3:] != "000" or whole == "2000") and whole < "2200") or (
        len(whole) == 2 and whole[0] in "6789" and after[:2] not in {"年的", "年前", "年后"}
    )


def _is_code(whole: str) -> bool:
    """Long without separators, unless it is round; or with a zero in front."""
    plain = "," not in whole
    return (len(whole) >= 9 and plain and not whole.endswith("0000")) or (len(whole) > 1 and whole[0] == "0")
