"""Makes what all contenders are given: JPEGs, WAVs, an SRT, a font."""

from __future__ import annotations

import wave
from importlib.resources import files
from pathlib import Path

import cv2
import numpy as np
from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]
from numpy.typing import NDArray

from benchmarks.render.job import LINES, PICTURE, Job, Subtitle
from philo_contracts.shapes import Scene
from philo_render import pictures
from philo_render.film import layers

SOUND_RATE = 48_000
QUALITY = 93
BREATH = 0.001
HAN = ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf")


def prepare(folder: Path, shots: int) -> Job:
    """Draw, sound and write everything into an empty folder."""
    job = Job(folder, shots)
    _paint(job)
    written(job.voice, _voice(job.subtitles, job.seconds))
    written(job.music, _music(job.seconds))
    job.subrip.write_text("\n".join(map(_cue, range(1, 99), job.subtitles)), encoding="utf-8")
    _font(job)
    return job


def _paint(job: Job) -> None:
    used: list[str] = []
    for shot, (flat, deep) in enumerate(zip(job.pictures, job.layers, strict=True)):
        composition = pictures.compose(scene(shot), PICTURE, seed=shot + 1, avoid=tuple(used))
        used.append(composition.backdrop)
        cv2.imwrite(str(flat), pictures.draw(composition, PICTURE), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        deep.write_bytes(layers.packed(pictures.draw_layers(composition, PICTURE)))


def scene(shot: int) -> Scene:
    """The scene that a shot is the picture of; more shots than lines begin anew."""
    words = LINES[shot % len(LINES)]
    return Scene(id=f"scene-{shot}", index=shot, title=words[0], narration=" ".join(words), visual_prompt=words[0])


def murmur(seconds: float, seed: int = 0) -> NDArray[np.float64]:
    """Something like a voice: a buzz with formants of its own that comes and goes in syllables, over breath at -60 dB.

    Without any breath libavcodec's AAC takes four times as long as for a spoken voice: no bit of it is noise.
    """
    breath = BREATH * np.random.default_rng(seed).standard_normal(round(seconds * SOUND_RATE))
    at = np.arange(round(seconds * SOUND_RATE)) / SOUND_RATE
    buzz = sum(np.sin(2 * np.pi * 130 * n * at + n + seed) / n for n in range(1, 24))
    return np.asarray(0.12 * buzz * np.clip(np.sin(2 * np.pi * 3.4 * at) + 0.35, 0, 1) + breath)


def _font(job: Job) -> None:
    """One bold font of all signs that are written: a peer cannot set the weight of a variable one."""
    font = TTFont(str(files(HAN[0]) / HAN[1]))
    wanted = subset.Subsetter()
    wanted.populate(text="".join(subtitle.text for subtitle in job.subtitles) + " ")
    wanted.subset(font)
    job.font.parent.mkdir(exist_ok=True)
    instantiateVariableFont(font, {"wght": 700}, updateFontNames=False).save(job.font)


def _voice(subtitles: tuple[Subtitle, ...], seconds: float) -> NDArray[np.float64]:
    track = np.zeros((round(seconds * SOUND_RATE), 1))
    for number, subtitle in enumerate(subtitles):
        said = murmur(subtitle.end - subtitle.start - 0.3, number)
        start = round(subtitle.start * SOUND_RATE)
        track[start : start + said.size, 0] += said[: len(track) - start]
    return track


def _music(seconds: float) -> NDArray[np.float64]:
    at = np.arange(round(seconds * SOUND_RATE)) / SOUND_RATE
    swell = [0.5 + 0.5 * np.sin(2 * np.pi * at / period) for period in (4, 5, 6, 7)]
    tones = [np.sin(2 * np.pi * pitch * at) for pitch in (220.0, 277.2, 329.6, 440.0)]
    left = 0.12 * sum(loud * tone for loud, tone in zip(swell, tones, strict=True))
    return np.stack([left, np.roll(left, 200)], axis=1)


def written(path: Path, sound: NDArray[np.float64]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(sound.shape[1])
        file.setsampwidth(2)
        file.setframerate(SOUND_RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def _cue(number: int, subtitle: Subtitle) -> str:
    return f"{number}\n{_clock(subtitle.start)} --> {_clock(subtitle.end)}\n{subtitle.text}\n"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"00:{int(minutes):02}:{rest:06.3f}".replace(".", ",")
