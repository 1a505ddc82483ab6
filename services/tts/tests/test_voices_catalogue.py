import pytest

from philo_tts.voices import VOICES, UnknownVoiceError, choose
from philo_tts.voices.pace import pace


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("en", "piper:en_US-joe-medium"),
        ("en-US", "piper:en_US-joe-medium"),
        ("en-GB", "espeak:en"),
        ("zh", "espeak:cmn"),
        ("zh-Hant-TW", "espeak:cmn"),
        ("pt-BR", "espeak:pt-br"),
        ("de-AT", "espeak:de"),
        ("no", "espeak:nb"),
    ],
)
def test_a_language_has_its_best_voice(language, voice):
    assert choose(language).id == voice


def test_a_wish_is_granted():
    assert choose("en", "espeak:cmn+f3").gender == "female"


def test_an_unknown_voice_is_refused_with_a_list_of_those_there_are():
    with pytest.raises(UnknownVoiceError, match=r"no voice 'joe'; there are piper:en_US-joe-medium, espeak:af"):
        choose("en", "joe")


def test_a_language_that_nobody_speaks_is_refused_with_a_list_of_those_there_are():
    with pytest.raises(UnknownVoiceError, match=r"no voice speaks 'tlh'.* en,.* zh"):
        choose("tlh")


def test_every_voice_has_an_id_of_its_own():
    assert len({voice.id for voice in VOICES}) == len(VOICES)


def test_a_higher_speed_is_faster_and_fifty_is_natural():
    paces = [pace(speed) for speed in range(101)]
    assert paces == sorted(set(paces))
    assert pace(50) == 1


@pytest.mark.parametrize("speed", [-1, 101])
def test_a_speed_outside_its_scale_is_refused(speed):
    with pytest.raises(ValueError, match="from 0 to 100"):
        pace(speed)
