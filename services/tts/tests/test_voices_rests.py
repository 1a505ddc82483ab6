import itertools

import numpy as np
import pytest

from philo_tts.speech import speak_plan
from philo_tts.voices.reading import Sound
from philo_tts.voices.rests import RESTS, rested
from philo_tts.voices.speech import RATE


def spoken(text, word=0.3, gap=0.02):
    """A tone for each spoken word of `text`, near silence between."""
    tokens = speak_plan(text, "en")
    tone = np.sin(np.arange(round(word * RATE)) * 0.1).astype(np.float32) * 0.5
    count = sum(len(token.spoken) for token in tokens)
    samples = np.concatenate([np.concatenate([tone, np.zeros(round(gap * RATE), np.float32)]) for _ in range(count)])
    return tokens, Sound(samples, tuple((at * (word + gap), at * (word + gap) + word) for at in range(count)))


@pytest.mark.parametrize("mark", [",", " —", ";", "…"])
def test_a_mark_is_followed_by_its_silence(mark):
    tokens, sound = spoken(f"one{mark} two")
    heard = rested(sound, tokens, 1.0)
    wished = RESTS[mark.strip()]
    assert heard.spans[1][0] - heard.spans[0][1] == pytest.approx(wished, abs=0.001)
    assert len(heard.samples) - len(sound.samples) == pytest.approx((wished - 0.02) * RATE, abs=1)


def test_a_word_still_sounds_where_its_span_says():
    tokens, sound = spoken("one, two — three… four")
    heard = rested(sound, tokens, 1.0)
    for start, end in heard.spans:
        part = np.abs(heard.samples[round((start + 0.02) * RATE) : round((end - 0.02) * RATE)])
        assert part.max() > 0.45
    for (_, end), (start, _) in itertools.pairwise(heard.spans):
        assert not heard.samples[round((end + 0.021) * RATE) : round(start * RATE) - 500].any()


def test_a_longer_silence_of_the_voice_stays():
    tokens, sound = spoken("one, two", gap=0.5)
    assert rested(sound, tokens, 1.0) is sound


def test_who_speaks_twice_as_fast_rests_half_as_long():
    tokens, sound = spoken("one — two")
    slow, fast = (len(rested(sound, tokens, pace).samples) for pace in (1.0, 2.0))
    assert slow - fast == pytest.approx(RESTS["—"] / 2 * RATE, abs=2)


def test_no_step_is_cut_into_the_sound():
    tokens, plain = spoken("one, two", gap=0.0)
    wave = (np.sin(np.arange(len(plain.samples)) * 0.1) * 0.5).astype(np.float32)
    steps = np.abs(np.diff(rested(Sound(wave, plain.spans), tokens, 1.0).samples))
    assert steps.max() < 0.06
