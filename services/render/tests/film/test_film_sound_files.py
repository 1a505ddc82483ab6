"""Sound files of any kind are heard, or refused in words that say whose they are."""

import io

import cv2
import numpy as np
import pytest
import soundfile

from philo_render.film import BrokenFilmError, Voice, mix, read_sound
from philo_render.film.sound.listening import heard

RATE = 48_000


def written(sound: np.ndarray, rate: int = 22_050, kind: str = "FLAC") -> bytes:
    file = io.BytesIO()
    soundfile.write(file, sound, rate, format=kind)
    return file.getvalue()


def murmured(seconds: float, rate: int = 22_050) -> np.ndarray:
    return np.random.default_rng(0).normal(0, 0.05, round(seconds * rate)).astype(np.float32)


@pytest.mark.parametrize("kind", ["WAV", "FLAC", "OGG", "MP3"])
def test_any_kind_and_rate_is_heard_as_48_khz_stereo(kind):
    sound = read_sound(written(murmured(1.0), kind=kind))
    assert sound.shape[0] == 2
    assert abs(sound.shape[1] - RATE) < 0.1 * RATE


@pytest.mark.parametrize("channels", [1, 2])
def test_a_file_is_heard_block_by_block(tmp_path, channels):
    path = tmp_path / "long.flac"
    path.write_bytes(written(murmured(12.0)))
    blocks = list(heard(path, channels))
    assert [block.shape for block in blocks[:2]] == [(channels, 2 * RATE)] * 2
    assert abs(sum(block.shape[1] for block in blocks) - 12 * RATE) <= 2


def test_two_channels_come_together_in_one():
    left, right = murmured(1.0, RATE), np.zeros(RATE, np.float32)
    right[1000] = 0.5
    for source in (np.stack([left, right]), written(np.stack([left, right], axis=1), RATE)):
        (one,) = np.concatenate(list(heard(source, 1)), axis=1)
        assert np.corrcoef(one, left + right)[0, 1] > 0.999


def test_a_file_without_sound_is_refused():
    _, image = cv2.imencode(".png", np.zeros((8, 8, 3), np.uint8))
    with pytest.raises(BrokenFilmError, match="no sound"):
        read_sound(image.tobytes())


@pytest.mark.parametrize("kind", ["WAV", "FLAC", "OGG"])
@pytest.mark.parametrize("share", [0.3, 0.8])
def test_a_voice_that_was_cut_short_is_named(kind, share):
    whole = written(murmured(6.0), kind=kind)
    mix([Voice(0.0, whole, "Scene 1", 6.0)], None, 6.0).close()
    with pytest.raises(BrokenFilmError, match=r"^Scene 1: (only .* seconds|.*damaged or cut short)"):
        mix([Voice(0.0, whole[: round(share * len(whole))], "Scene 1", 6.0)], None, 6.0)


@pytest.mark.parametrize("sound", [b"", b"no sound at all", written(np.zeros(0, np.float32), kind="WAV")])
def test_what_is_no_sound_is_refused(sound):
    with pytest.raises(BrokenFilmError):
        read_sound(sound)


def test_a_file_that_is_not_there_is_no_broken_one(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_sound(tmp_path / "gone.flac")


def test_a_voice_that_cannot_be_read_is_named():
    voices = [Voice(0.0, written(murmured(1.0)), "Scene 1"), Voice(1.0, b"noise", "Scene 2 (The storm)")]
    with pytest.raises(BrokenFilmError, match=r"^Scene 2 \(The storm\): "):
        mix(voices, None, 3.0)


def test_music_that_cannot_be_read_is_named():
    with pytest.raises(BrokenFilmError, match=r"^The music: "):
        mix([], b"noise", 3.0)
