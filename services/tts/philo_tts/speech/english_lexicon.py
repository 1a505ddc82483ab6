"""What short forms stand for in English, as data."""

from __future__ import annotations

import re

ABBREVIATIONS = {
    "mr": "mister", "mrs": "missus", "ms": "miz", "dr": "doctor", "prof": "professor", "sr": "senior", "jr": "junior",
    "st": "saint", "mt": "mount", "gen": "general", "col": "colonel", "capt": "captain", "lt": "lieutenant",
    "sgt": "sergeant", "gov": "governor", "sen": "senator", "rep": "representative", "rev": "reverend", "hon": "honorable",
    "vs": "versus", "etc": "et cetera", "e.g": "for example", "i.e": "that is", "approx": "approximately",
    "dept": "department", "inc": "incorporated", "ltd": "limited", "corp": "corporation", "co": "company",
    "fig": "figure", "vol": "volume", "ch": "chapter", "pp": "pages", "ave": "avenue", "blvd": "boulevard",
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "jun": "June", "jul": "July", "aug": "August",
    "sep": "September", "sept": "September", "oct": "October", "nov": "November", "dec": "December",
    "a.m": "A M", "p.m": "P M", "ph.d": "P H D", "u.s": "U S", "u.k": "U K", "u.s.a": "U S A", "no": "number",
}  # fmt: skip
"""Read so only with a full stop after them; `no` only before a number."""

WITHOUT_STOP = frozenset({"mr", "mrs", "ms", "dr", "prof", "vs", "etc", "jr", "sr"})
"""Short forms that need no full stop to be known."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

UNITS = {
    "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "mi": "mile", "ft": "foot", "in": "inch",
    "yd": "yard", "kg": "kilogram", "g": "gram", "mg": "milligram", "lb": "pound", "lbs": "pound", "oz": "ounce",
    "l": "liter", "ml": "milliliter", "s": "second", "sec": "second", "ms": "millisecond", "min": "minute",
    "h": "hour", "hr": "hour", "hrs": "hour", "kb": "kilobyte", "mb": "megabyte", "gb": "gigabyte", "tb": "terabyte",
    "hz": "hertz", "khz": "kilohertz", "mhz": "megahertz", "ghz": "gigahertz", "w": "watt", "kw": "kilowatt",
    "kwh": "kilowatt hour", "mw": "megawatt", "v": "volt", "ha": "hectare", "ac": "acre", "px": "pixel",
    "km/h": "kilometer per hour", "kph": "kilometer per hour", "mph": "mile per hour", "m/s": "meter per second",
    "°c": "degree Celsius", "℃": "degree Celsius", "°f": "degree Fahrenheit", "°": "degree", "m²": "square meter",
    "m2": "square meter", "km²": "square kilometer", "km2": "square kilometer", "m³": "cubic meter", "x": "time",
    "fps": "frame per second",
}  # fmt: skip
AMBIGUOUS_UNITS = frozenset({"in", "x", "s", "m", "h", "v", "w", "l", "g"})
"""Units only when written onto the number, or (but for `in` and `x`) right after it."""

IRREGULAR = {"foot": "feet", "inch": "inches", "hertz": "hertz", "kilohertz": "kilohertz", "megahertz": "megahertz",
             "gigahertz": "gigahertz"}  # fmt: skip

CURRENCIES = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yuan", "yuan", "fen", "fen"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
}
MAGNITUDES = {"k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion", "t": "trillion"}
MAGNITUDE_WORDS = frozenset({"hundred", "thousand", "million", "billion", "trillion"})

SYMBOLS = {
    "&": "and", "+": "plus", "@": "at", "=": "equals", "%": "percent", "×": "times", "÷": "divided by", "#": "number",
    "<": "less than", ">": "greater than", "~": "about", "°": "degrees", "$": "dollars", "€": "euros", "£": "pounds",
}  # fmt: skip
ADDRESS = {".": "dot", "/": "slash", "-": "dash", "_": "underscore", "@": "at", ":": "colon", "?": "question mark",
           "=": "equals", "&": "and", "#": "hash", "+": "plus", "~": "tilde", "%": "percent"}  # fmt: skip

SPELLED = frozenset(
    re.findall(
        r"\w+",
        "AI API CEO CIA CPU DNA EU FBI GPU HIV ID IP IT PC RNA TV UFO UK UN US USA USB URL UI UX VIP OK OS AC DC AM "
        "PM AD IQ IOU ABC BBC CNN NBA NFL MIT UCLA ATM CFO CTO HR PR QA QR SMS SUV UV XML HTML CSS SQL PDF DIY FAQ "
        "ETA",
    )
)
"""Said letter by letter although they could be read as words."""

WORDS_WHEN_SHOUTED = frozenset({"AD", "AM", "IT", "US"})
"""Words, not short forms, in a sentence of capitals only: LET US GO."""

COUNTED_NOUNS = frozenset(
    re.findall(
        r"\w+",
        "chapter part volume war act scene book phase type section article title figure table episode season grade "
        "class level step round game stage apollo rocky bowl",
    )
)
"""A Roman numeral after these counts (World War two); after a name it orders (Henry the eighth)."""
