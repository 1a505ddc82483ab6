"""espeak-ng through ctypes. The library is GPL-3.0-or-later: this module is imported in a child process only.

Constants, structures and calls are those of its header speak_lib.h.
"""

from __future__ import annotations

import _ctypes
import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

from philo_tts.voices.speech import RATE

SYNCHRONOUS = 2
CHARACTERS_UTF8 = 1
POSITION_CHARACTER = 1
RATE_PARAMETER = 1
LIST_END, WORD_EVENT = 0, 1
SEED = 1


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """`pcm` int16 mono at RATE; `events` are (character of the text where a word begins, seconds)."""

    pcm: NDArray[np.int16]
    events: tuple[tuple[int, float], ...]


def say(text: str, voice: str, words_a_minute: int) -> Utterance:
    """Raises LookupError for a voice that espeak-ng does not have.

    The library keeps state from one text to the next (noise, flutter), which changes what it says by some samples: it is
    loaded afresh every time, about 5 ms, so that equal texts sound equal to the byte.
    """
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    try:
        return _say(library, text, voice, words_a_minute)
    finally:
        library.espeak_Terminate()
        _ctypes.dlclose(library._handle)  # noqa: SLF001 - ctypes has no other way


def _say(library: ctypes.CDLL, text: str, voice: str, words_a_minute: int) -> Utterance:
    pcm: list[NDArray[np.int16]] = []
    events: list[tuple[int, float]] = []
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, str(espeakng_loader.get_data_path()).encode(), 0)
    if rate != RATE:
        raise RuntimeError(f"espeak-ng speaks at {rate} samples a second, not {RATE}")
    library.espeak_ng_SetRandSeed(ctypes.c_long(SEED))
    receive = _Callback(_receiver(pcm, events))  # must live as long as the library may call it
    library.espeak_SetSynthCallback(receive)
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise LookupError(f"espeak-ng has no voice {voice!r}")
    library.espeak_SetParameter(RATE_PARAMETER, words_a_minute, 0)
    encoded = text.encode() + b"\0"
    size = ctypes.c_size_t(len(encoded))
    if library.espeak_Synth(encoded, size, 0, POSITION_CHARACTER, 0, CHARACTERS_UTF8, None, None) != 0:
        raise RuntimeError("espeak-ng could not say the text")
    library.espeak_Synchronize()
    return Utterance(np.concatenate(pcm) if pcm else np.zeros(0, np.int16), tuple(events))


def _receiver(pcm: list[NDArray[np.int16]], events: list[tuple[int, float]]) -> Callable[[Any, int, Any], int]:
    # the arguments are ctypes pointers, whose types exist only while checking
    def receive(samples: Any, count: int, happened: Any) -> int:  # noqa: ANN401
        if samples and count:
            pcm.append(np.ctypeslib.as_array(samples, (count,)).copy())
        place = 0
        while happened[place].type != LIST_END:
            if happened[place].type == WORD_EVENT:
                events.append((happened[place].text_position - 1, happened[place].audio_position / 1000))
            place += 1
        return 0

    return receive
