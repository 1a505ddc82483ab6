"""The voices there are, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

LANGUAGES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en-us": "English (America)", "en": "English (Britain)", "eo": "Esperanto", "es": "Spanish",
    "es-419": "Spanish (Latin America)", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "kn": "Kannada", "ko": "Korean", "la": "Latin", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mr": "Marathi", "ms": "Malay", "mt": "Maltese",
    "my": "Burmese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "pa": "Punjabi", "pl": "Polish",
    "pt": "Portuguese", "pt-br": "Portuguese (Brazil)", "ro": "Romanian", "ru": "Russian", "si": "Sinhala",
    "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "cmn": "Mandarin", "yue": "Cantonese",
}  # fmt: skip
"""What espeak-ng speaks, by its own names."""

TAGS = {"cmn": "zh", "en-us": "en-US", "en": "en-GB", "pt-br": "pt-BR"}
"""BCP 47 tags where espeak-ng's names differ."""

ALIASES = {"no": "nb", "nn": "nb", "cmn": "zh", "iw": "he", "in": "id", "tl": "id"}


Gender = Literal["female", "male", "neutral"]


@dataclass(frozen=True, slots=True)
class Voice:
    """`id` is what a job asks for; `language` is a BCP 47 tag; `natural` voices are neural, others sound synthetic."""

    id: str
    provider: Literal["piper", "espeak"]
    language: str
    gender: Gender
    name: str
    natural: bool


class UnknownVoiceError(LookupError):
    """Nobody speaks so."""


def _espeak(code: str, name: str) -> tuple[Voice, Voice]:
    tag = TAGS.get(code, code)
    return (
        Voice(f"espeak:{code}", "espeak", tag, "male", name, natural=False),
        Voice(f"espeak:{code}+f3", "espeak", tag, "female", name, natural=False),
    )


VOICES: tuple[Voice, ...] = (
    Voice("piper:en_US-joe-medium", "piper", "en-US", "male", "Joe", natural=True),
    *(voice for code, name in LANGUAGES.items() for voice in _espeak(code, name)),
)
"""The first that speaks a language is its default."""


def choose(language: str, wish: str | None = None, voices: Sequence[Voice] = VOICES) -> Voice:
    """The voice that is wished for by its id, else the best of a BCP 47 `language`. Raises UnknownVoiceError."""
    if wish is not None:
        return _wished(wish, voices)
    tag = language.lower()
    exact = [voice for voice in voices if voice.language.lower() == tag and "-" in tag]
    close = [voice for voice in voices if speaks(voice, language)]
    natural = [voice for voice in exact or close if voice.natural]
    for voice in natural or exact or close:
        return voice
    known = ", ".join(sorted({primary(voice.language) for voice in voices}))
    raise UnknownVoiceError(f"no voice speaks {language!r}; there are voices for {known}")


def speaks(voice: Voice, language: str) -> bool:
    return primary(voice.language) == primary(language)


def primary(language: str) -> str:
    own = language.partition("-")[0].lower()
    return ALIASES.get(own, own)


def _wished(wish: str, voices: Sequence[Voice]) -> Voice:
    for voice in voices:
        if voice.id == wish:
            return voice
    raise UnknownVoiceError(f"there is no voice {wish!r}; there are {', '.join(voice.id for voice in voices)}")
