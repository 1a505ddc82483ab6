"""What a voice says when someone wants to hear it."""

from __future__ import annotations

from philo_tts.voices.catalogue import Voice, primary

SAMPLES = {
    "ar": "كان يا ما كان، في قديم الزمان.",
    "de": "Es war einmal ein kleines Haus am Rand des Waldes.",
    "en": "Once upon a time, a small light shone at the edge of the sea.",
    "es": "Había una vez una pequeña luz a la orilla del mar.",
    "fr": "Il était une fois une petite lumière au bord de la mer.",
    "hi": "एक समय की बात है, समुद्र के किनारे एक छोटा सा घर था।",
    "it": "C'era una volta una piccola luce in riva al mare.",
    "ja": "むかしむかし、うみのそばに、ちいさなひかりがありました。",
    "ko": "옛날 옛적에 바닷가에 작은 불빛이 있었습니다.",
    "nl": "Er was eens een klein lichtje aan de rand van de zee.",
    "pl": "Dawno temu nad brzegiem morza świeciło małe światło.",
    "pt": "Era uma vez uma pequena luz à beira do mar.",
    "ru": "Жил-был маленький огонёк на берегу моря.",
    "sv": "Det var en gång ett litet ljus vid havets kant.",
    "tr": "Bir varmış bir yokmuş, deniz kıyısında küçük bir ışık varmış.",
    "uk": "Жив-був маленький вогник на березі моря.",
    "vi": "Ngày xửa ngày xưa, có một ánh đèn nhỏ bên bờ biển.",
    "yue": "從前，海邊有一盞小燈。",
    "zh": "从前，海边有一盏小小的灯。",
}
COUNTING = "1, 2, 3, 4, 5, 6, 7."
"""Every voice can count in its own language."""


def sample_text(voice: Voice) -> str:
    """A sentence in the language of `voice`."""
    return SAMPLES.get(primary(voice.language), COUNTING)
