"""How figures and signs in a Chinese text are said; characters are said as they are."""

from __future__ import annotations

import re
import unicodedata

from philo_tts.speech.chinese_numbers import cardinal, decimal, digits
from philo_tts.speech.english_addresses import is_address, say_address

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_FIGURE = re.compile(rf"([-−+~]?)({_NUMBER})(?:\.(\d+))?")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::[0-5]\d)?")
_RANGE = re.compile(r"([\d.,]+%?)[-–—~]([\d.,]+%?)")
_FRACTION = re.compile(r"(\d+)/(\d+)")
_MONEY = re.compile(rf"([$€£¥₹])({_NUMBER})(?:\.(\d+))?")
_UNIT = re.compile(rf"([-−+~]?(?:{_NUMBER})(?:\.\d+)?)([^\d\s.,]+\d?)")
_RUNS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[&+@=]")
_MEASURES = frozenset("个只条张本件位名次种天周年天头辆台座把杯瓶碗家部层倍块颗棵封场句首")

SIGNS = {"-": "负", "−": "负", "+": "正", "~": "约"}
CURRENCIES = {"$": "美元", "€": "欧元", "£": "英镑", "¥": "元", "₹": "卢比"}
SYMBOLS = {
    "&": "和",
    "+": "加",
    "@": "艾特",
    "=": "等于",
    "%": "百分号",
    "×": "乘",
    "÷": "除以",
    "#": "井号",
    "°": "度",
}
UNITS = {
    "km": "公里", "m": "米", "cm": "厘米", "mm": "毫米", "kg": "公斤", "g": "克", "mg": "毫克", "l": "升", "ml": "毫升",
    "km/h": "公里每小时", "m/s": "米每秒", "km²": "平方公里", "km2": "平方公里", "m²": "平方米", "m2": "平方米",
    "m³": "立方米", "°c": "摄氏度", "℃": "摄氏度", "°f": "华氏度", "°": "度", "gb": "G B", "mb": "M B", "kw": "千瓦",
    "w": "瓦", "v": "伏", "hz": "赫兹", "s": "秒", "min": "分钟", "h": "小时", "x": "倍",
}  # fmt: skip


def say(core: str, before: str, after: str) -> tuple[str, ...]:
    """What is said for a run of letters, figures and signs between the characters `before` and `after`."""
    text = unicodedata.normalize("NFKC", core).replace("−", "-") if not core.endswith(("℃", "²", "³")) else core
    if text in SYMBOLS:
        return tuple(SYMBOLS[text])
    if is_address(text):
        return say_address(text)
    said = _figure(text, before, after)
    return _parts(said) if said else _pieces(text)


def _figure(text: str, before: str, after: str) -> str | None:
    for rule in (_date, _clock, _range, _fraction, _money, _percent, _plain, _with_unit):
        if said := rule(text, before, after):
            return said
    return None


def _date(text: str, _before: str, _after: str) -> str | None:
    if found := _DATE.fullmatch(text):
        return f"{digits(found[1])}年{cardinal(int(found[2]))}月{cardinal(int(found[3]))}日"
    return None


def _clock(text: str, _before: str, _after: str) -> str | None:
    if not (found := _CLOCK.fullmatch(text)):
        return None
    hour, minute = int(found[1]), int(found[2])
    if not minute:
        return f"{cardinal(hour)}点"
    return f"{cardinal(hour)}点{'零' if minute < 10 else ''}{cardinal(minute)}分"


def _range(text: str, _before: str, after: str) -> str | None:
    if not (found := _RANGE.fullmatch(text)):
        return None
    low, high = (_figure(part, "", after) for part in found.groups())
    return f"{low}到{high}" if low and high else None


def _fraction(text: str, _before: str, _after: str) -> str | None:
    if found := _FRACTION.fullmatch(text):
        return f"{cardinal(int(found[2]))}分之{cardinal(int(found[1]))}"
    return None


def _money(text: str, _before: str, after: str) -> str | None:
    if found := _MONEY.fullmatch(text):
        return _number("", found[2], found[3]) + ("" if after and after in "万亿千百" else CURRENCIES[found[1]])
    return None


def _percent(text: str, _before: str, _after: str) -> str | None:
    if text.endswith("%") and (found := _FIGURE.fullmatch(text[:-1])):
        return f"{SIGNS.get(found[1], '')}百分之{_number('', found[2], found[3])}"
    return None


def _with_unit(text: str, _before: str, _after: str) -> str | None:
    found = _UNIT.fullmatch(text)
    amount = _FIGURE.fullmatch(found[1]) if found else None
    if found and amount and found[2].lower() in UNITS:
        return _number(*amount.groups()) + UNITS[found[2].lower()]
    return None


def _plain(text: str, before: str, after: str) -> str | None:
    if not (found := _FIGURE.fullmatch(text)):
        return None
    sign, whole, fraction = found.groups()
    if not sign and not fraction and (_is_year(whole, after) or _is_code(whole)):
        return digits(whole)
    if whole == "2" and not fraction and before != "第" and after in _MEASURES:
        return f"{SIGNS.get(sign, '')}两"
    return _number(sign, whole, fraction)


def _number(sign: str, whole: str, fraction: str | None) -> str:
    plain = whole.replace(",", "")
    return SIGNS.get(sign, "") + (decimal(plain, fraction) if fraction else cardinal(int(plain)))


def _is_year(whole: str, after: str) -> bool:
    return len(whole) == 4 and after == "年"


def _is_code(whole: str) -> bool:
    """Telephone numbers and such: long without separators, or with a zero in front."""
    return (len(whole) >= 9 and "," not in whole) or (len(whole) > 1 and whole[0] == "0")


def _parts(said: str) -> tuple[str, ...]:
    return tuple(said.replace(" ", ""))


def _pieces(text: str) -> tuple[str, ...]:
    """Foreign words as they are; figures within them as numbers: GPT4 → GPT 四."""
    words: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text)):
        if run.isdecimal():
            words.extend(cardinal(int(run)) if len(run) < 5 and run[0] != "0" else digits(run))
        elif run in SYMBOLS:
            words.extend(SYMBOLS[run])
        else:
            words.append(run)
    return tuple(words)
