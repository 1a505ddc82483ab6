"""Numbers, units, months and currencies as words, from the Unicode CLDR (spell-out rules of TR35, unit and name tables)."""

from __future__ import annotations

from functools import lru_cache

from babel.dates import get_month_names
from babel.numbers import get_currency_name
from babel.units import format_unit
from unicode_rbnf import RbnfEngine

_SOFT_HYPHEN = "\u00ad"
LARGEST = 10**15
"""The rules end at a million times as much, and are reckoned in floats, which are exact to nine times as much."""

UNITS = {
    "km": "length-kilometer", "m": "length-meter", "cm": "length-centimeter", "mm": "length-millimeter",
    "kg": "mass-kilogram", "g": "mass-gram", "mg": "mass-milligram", "t": "mass-tonne", "l": "volume-liter",
    "L": "volume-liter", "ml": "volume-milliliter", "cl": "volume-centiliter", "km/h": "speed-kilometer-per-hour",
    "m/s": "speed-meter-per-second", "km²": "area-square-kilometer", "m²": "area-square-meter", "m2": "area-square-meter",
    "m³": "volume-cubic-meter", "ha": "area-hectare", "°C": "temperature-celsius", "°F": "temperature-fahrenheit",
    "°": "angle-degree", "h": "duration-hour", "min": "duration-minute", "s": "duration-second",
    "ms": "duration-millisecond", "W": "power-watt", "kW": "power-kilowatt", "MW": "power-megawatt",
    "kWh": "energy-kilowatt-hour", "V": "electric-volt", "Hz": "frequency-hertz", "kHz": "frequency-kilohertz",
    "MHz": "frequency-megahertz", "GHz": "frequency-gigahertz", "KB": "digital-kilobyte", "MB": "digital-megabyte",
    "GB": "digital-gigabyte", "TB": "digital-terabyte", "kcal": "energy-kilocalorie",
}  # fmt: skip
"""Ours to CLDR's names of units."""
CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "EUR": "EUR", "USD": "USD", "GBP": "GBP", "CHF": "CHF",
              "US$": "USD", "JPY": "JPY", "₹": "INR"}  # fmt: skip


@lru_cache(maxsize=16)
def _engine(language: str) -> RbnfEngine:
    return RbnfEngine.for_language(language)


@lru_cache(maxsize=4096)
def spelled(number: int, language: str, rule: str) -> str:
    """`number` by one of the spell-out rules of `language`; figure by figure from `LARGEST` on."""
    if number >= LARGEST:
        return " ".join(spelled(int(figure), language, rule) for figure in str(number))
    return _engine(language).format_number(number, ruleset_names=[rule]).text.replace(_SOFT_HYPHEN, "").strip()


@lru_cache(maxsize=1024)
def unit(name: str, count: int, language: str) -> str:
    """The noun of a unit of `UNITS` for as many: (km, 5, fr) → kilomètres."""
    said = format_unit(count, UNITS[name], "long", locale=language)
    return said.replace(format_unit(count, UNITS[name], "short", locale=language)[: len(str(count))], "", 1).strip()


@lru_cache(maxsize=256)
def currency_name(sign: str, count: int, language: str) -> str:
    """Without the country, as prices are said: euros, dollars."""
    return get_currency_name(CURRENCIES[sign], count=count, locale=language)


@lru_cache(maxsize=16)
def months(language: str) -> tuple[str, ...]:
    names = get_month_names("wide", locale=language)
    return tuple(names[month] for month in range(1, 13))
