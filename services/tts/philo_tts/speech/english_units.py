"""Units, money and signs of English figures, as data."""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

UNITS = {
    "nm": "nanometer", "µm": "micrometer", "μm": "micrometer", "mm": "millimeter", "cm": "centimeter", "m": "meter",
    "km": "kilometer", "mi": "mile", "ft": "foot", "in": "inch", "yd": "yard", "µg": "microgram", "μg": "microgram",
    "mg": "milligram", "g": "gram", "kg": "kilogram", "t": "ton", "lb": "pound", "lbs": "pound", "oz": "ounce",
    "ml": "milliliter", "mL": "milliliter", "cl": "centiliter", "l": "liter", "L": "liter", "gal": "gallon",
    "pt": "pint",
    "ns": "nanosecond", "µs": "microsecond", "μs": "microsecond", "ms": "millisecond", "s": "second", "sec": "second",
    "secs": "second", "min": "minute", "mins": "minute", "h": "hour", "hr": "hour", "hrs": "hour", "yr": "year",
    "yrs": "year", "kB": "kilobyte", "KB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte",
    "PB": "petabyte", "Kbps": "kilobit per second", "kbps": "kilobit per second", "Mbps": "megabit per second",
    "Gbps": "gigabit per second", "Mb": "megabit", "Gb": "gigabit", "Hz": "hertz", "kHz": "kilohertz",
    "MHz": "megahertz",
    "GHz": "gigahertz", "hz": "hertz", "mW": "milliwatt", "W": "watt", "kW": "kilowatt", "MW": "megawatt",
    "GW": "gigawatt", "TW": "terawatt", "Wh": "watt hour", "kWh": "kilowatt hour", "MWh": "megawatt hour",
    "GWh": "gigawatt hour", "TWh": "terawatt hour", "mAh": "milliamp hour", "Ah": "amp hour", "mA": "milliamp",
    "mV": "millivolt", "V": "volt", "kV": "kilovolt", "Ω": "ohm", "J": "joule", "kJ": "kilojoule", "cal": "calorie",
    "kcal": "kilocalorie", "N": "newton", "Pa": "pascal", "kPa": "kilopascal", "hPa": "hectopascal",
    "MPa": "megapascal",
    "bar": "bar", "psi": "pound per square inch", "dB": "decibel", "ha": "hectare", "ac": "acre", "px": "pixel",
    "MP": "megapixel", "rpm": "revolution per minute", "bpm": "beat per minute", "fps": "frame per second",
    "kph": "kilometer per hour", "km/h": "kilometer per hour", "mph": "mile per hour", "m/s": "meter per second",
    "°C": "degree Celsius", "℃": "degree Celsius", "°F": "degree Fahrenheit", "℉": "degree Fahrenheit", "°": "degree",
    "°N": "degree north", "°S": "degree south", "°E": "degree east", "°W": "degree west",
    "m²": "square meter", "m2": "square meter", "km²": "square kilometer", "km2": "square kilometer",
    "cm²": "square centimeter", "ft²": "square foot", "m³": "cubic meter", "m3": "cubic meter",
    "km³": "cubic kilometer",
    "cm³": "cubic centimeter", "x": "time", "X": "time", "×": "time", "ly": "light year",
    "pp": "percentage point", "mol": "mole",
    "CO2": "C O two", "kt": "knot", "kts": "knot",
}  # fmt: skip
"""As they are written; where a case is not listed, small letters are looked for."""
AMBIGUOUS = frozenset({"in", "x", "×", "s", "m", "h", "v", "w", "l", "g", "t", "k", "K", "N", "V", "W", "J",
    "L", "pt", "bar",
                       "ac", "ha", "MP", "pp", "yr", "CO2", "min", "mi", "cal", "sec"})  # fmt: skip
"""Units when written onto the number, but not those of a year before them."""
NEVER_LOOSE = frozenset({"in", "x", "×", "s", "K", "N", "pp", "CO2", "V", "t", "k", "h"})
"""Units only when written onto the number."""

IRREGULAR = {"foot": "feet", "inch": "inches", "hertz": "hertz", "kilohertz": "kilohertz", "megahertz": "megahertz",
             "gigahertz": "gigahertz", "kelvin": "kelvin", "C": "C", "percentage": "percentage"}  # fmt: skip
BEFORE_NOUN = frozenset({"square", "cubic", "kilowatt", "watt", "megawatt", "gigawatt", "terawatt", "milliamp", "amp",
                         "light", "percentage"})  # fmt: skip
"""The plural is the next word's: square meters, kilowatt hours."""

CURRENCIES = {
    "$": ("dollar", "dollars", "cent", "cents"), "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"), "¥": ("yen", "yen", "sen", "sen"),
    "₹": ("rupee", "rupees", "paisa", "paise"), "₩": ("won", "won", "jeon", "jeon"),
    "₽": ("ruble", "rubles", "kopek", "kopeks"), "₺": ("lira", "lira", "kurus", "kurus"),
    "₿": ("bitcoin", "bitcoins", "cent", "cents"), "₫": ("dong", "dong", "xu", "xu"),
    "US$": ("U S dollar", "U S dollars", "cent", "cents"), "A$": ("Australian dollar", "Australian dollars",
    "cent", "cents"),
    "AU$": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "C$": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "CA$": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "HK$": ("Hong Kong dollar", "Hong Kong dollars", "cent", "cents"),
    "NZ$": ("New Zealand dollar", "New Zealand dollars", "cent", "cents"),
    "S$": ("Singapore dollar", "Singapore dollars", "cent", "cents"), "R$": ("real", "reais", "centavo", "centavos"),
    "¢": ("cent", "cents", "cent", "cents"),
}  # fmt: skip
"""One, many, a hundredth, hundredths."""
CODES = {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "RUB": "₽", "AUD": "A$", "CAD": "C$",
         "HKD": "HK$", "NZD": "NZ$", "SGD": "S$", "BRL": "R$"}  # fmt: skip
CURRENCIES |= {
    "CNY": ("yuan", "yuan", "fen", "fen"), "RMB": ("yuan", "yuan", "fen", "fen"),
    "CN¥": ("yuan", "yuan", "fen", "fen"), "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "SEK": ("Swedish krona", "Swedish kronor", "öre", "öre"), "NOK": ("Norwegian krone", "Norwegian kroner",
    "øre", "øre"),
    **{code: CURRENCIES[sign] for code, sign in CODES.items()},
}  # fmt: skip
MAGNITUDES = {"k": "thousand", "m": "million", "mn": "million", "mio": "million", "b": "billion", "bn": "billion",
              "t": "trillion", "tn": "trillion"}  # fmt: skip
MAGNITUDE_WORDS = frozenset({"hundred", "thousand", "million", "billion", "trillion", "m", "mn", "bn", "k"})

FRACTIONS = {2: "half", 4: "quarter"}
VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3,
    5), "⅘": (4, 5),
          "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅑": (1,
          9), "⅒": (1, 10)}  # fmt: skip
DENOMINATORS = frozenset({*range(2, 11), 12, 16, 20, 24, 32, 50, 64, 100, 1000})
"""What a fraction may be made of; 9/11 is none."""
SIGNS = {"-": "minus", "−": "minus", "+": "plus", "~": "about", "≈": "about", "#": "number", "<": "less than",
    ">": "more than",
         "±": "plus or minus", "≤": "at most", "≥": "at least", "№": "number", "§": "section"}  # fmt: skip
SIGNS["√"] = "the square root of"
POWERS = {"²": "squared", "³": "cubed"}
