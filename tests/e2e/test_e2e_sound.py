"""What is to be heard."""

from __future__ import annotations

from itertools import chain

import jiwer
import numpy as np
import pytest

from philo.stack import Endpoints
from philo_contracts.events import AudioSynthesized, TimelinePlanned
from philo_contracts.shapes import Word
from philo_render.film import loudness, true_peak
from tests.e2e.hearing import Heard, after_pauses, energies, lateness, onset, plain
from tests.e2e.subtitles import cues
from tests.facts import said
from tests.filming import Film

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]


@pytest.fixture
async def told(studio: Endpoints, demo: Film) -> list[Word]:
    """Every word that is shown, and when: seconds of the film."""
    (plan,) = await said(studio, "render", demo.id, TimelinePlanned)
    voices = {voice.scene: voice for voice in await said(studio, "tts", demo.id, AudioSynthesized)}
    scenes = [scene["id"] for scene in demo.job["scenes"]]
    return [
        Word(text=word.text, start=start + word.start, end=start + word.end)
        for scene, start in zip(scenes, plan.starts, strict=True)
        for word in voices[scene].words
    ]


def test_the_film_is_as_loud_as_others_are(ear: Heard) -> None:
    assert loudness(ear.sound) == pytest.approx(-16, abs=1)


def test_nothing_clips_in_a_player_that_resamples(ear: Heard) -> None:
    assert true_peak(ear.sound) <= -1.5


def test_a_listener_writes_down_what_the_script_says(ear: Heard, script: str) -> None:
    _, narration = script.split("\n", 1)  # the first line is the title, which is shown and not spoken
    assert jiwer.wer(plain(narration.split()), plain(word.text for word in ear.words)) <= 0.10


def test_every_word_of_the_script_is_shown(told: list[Word], script: str) -> None:
    assert [word.text for word in told] == script.split("\n", 1)[1].split()


def test_a_listener_hears_the_words_when_they_are_told(told: list[Word], ear: Heard) -> None:
    """Whisper guesses the edges of short words inside a phrase: half of its times within 120 ms of ours, 85 of 100
    within 200 ms. What begins after a pause is judged more strictly below."""
    late = np.abs(lateness(told, ear.words))
    assert len(late) > 0.9 * len(told)
    assert np.quantile(late, 0.5) <= 0.12
    assert np.quantile(late, 0.85) <= 0.20


def test_every_word_after_a_pause_begins_when_its_sound_begins(told: list[Word], ear: Heard) -> None:
    energy, pauses = energies(ear.sound), after_pauses(told)
    late = {word.text: onset(energy, before, word) - word.start for before, word in pauses}
    assert len(pauses) >= 20
    assert {text: seconds for text, seconds in late.items() if abs(seconds) > 0.12} == {}


def test_every_subtitle_is_there_while_its_words_are_spoken(told: list[Word], demo: Film) -> None:
    written = cues(demo.srt)
    assert list(chain.from_iterable(cue.text.split() for cue in written)) == [word.text for word in told]
    spoken = iter(told)
    for cue in written:
        words = [next(spoken) for _ in cue.text.split()]
        assert cue.start <= words[0].start + 0.12, cue
        assert cue.end >= words[-1].end - 0.12, cue
