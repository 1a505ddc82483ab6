"""However a film's sound is cut into blocks it is the same sound, and a long one needs no more memory than a short one."""

import os
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from philo_render.film import Voice, mix
from philo_render.film.sound.aac import encoded, encoding

pytestmark = pytest.mark.heavy

RATE = 48_000


@pytest.fixture(scope="module")
def recording(tmp_path_factory, voice) -> Path:
    """Ten seconds of speech in a file."""
    path = tmp_path_factory.mktemp("sound") / "voice.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((voice(10.0) * 16_000).astype("<i2").tobytes())
    return path


@pytest.fixture(scope="module")
def soundtrack(recording):
    """Loud enough for the limiter, with two voices at once and music that begins again."""
    spoken = np.random.default_rng(0).normal(0, 0.02, 3 * RATE).astype(np.float32)
    spoken[::9_000] = 0.9
    at = np.arange(4 * RATE + 77) / RATE
    music = np.stack([np.sin(440 * at), np.sin(551 * at)]).astype(np.float32)
    with mix([Voice(0.513, spoken), Voice(3.0, recording), Voice(9.01, spoken)], music, 15.3) as sound:
        yield sound


@pytest.mark.parametrize("seconds", [0.0101, 1.0, 3.7])
def test_blocks_of_any_length_are_the_same_sound(soundtrack, seconds):
    blocks = list(soundtrack.blocks(round(seconds * RATE)))
    assert np.abs(np.concatenate(blocks, axis=1) - soundtrack.whole()).max() < 1e-5


def test_a_part_is_what_the_whole_has_there(soundtrack):
    assert np.abs(soundtrack.part(123_457, 345_678) - soundtrack.whole()[:, 123_457:345_678]).max() < 1e-5


def test_packets_are_the_same_however_the_sound_is_cut(soundtrack):
    whole = soundtrack.whole()
    assert list(encoding(soundtrack.blocks(RATE + 7), whole.shape[1])) == encoded(whole, whole.shape[1])


@pytest.mark.parametrize("samples", [1, 1024, 100_000, 900_000])
def test_packets_end_where_the_film_ends(soundtrack, samples):
    last = list(encoding(soundtrack.blocks(), samples))[-1]
    assert last.pts + last.duration == samples


def test_nothing_stays_of_a_sound_that_was_heard(recording, tmp_path):
    with mix([Voice(0.0, recording)], recording, 12.0, scratch=tmp_path) as sound:
        assert sum(block.shape[1] for block in sound.blocks()) == 12 * RATE
        assert list(tmp_path.iterdir()) == []


LONG = """
import sys
from pathlib import Path
from philo_render.film import Voice, mix
from philo_render.film.sound.aac import encoding
recording, minutes = Path(sys.argv[1]), int(sys.argv[2])
voices = [Voice(12.0 * number, recording) for number in range(5 * minutes)]
with mix(voices, recording, 60.0 * minutes) as sound:
    assert sum(len(packet.data) for packet in encoding(sound.blocks(), sound.samples)) > 100_000
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""Prints the most memory that its process ever had, kB."""


@pytest.mark.heavy
def test_a_long_sound_needs_as_much_memory_as_a_short_one(recording):
    """Some bytes are kept of every 64 samples: 1.5 MB a minute at most."""

    def most(minutes: int) -> int:
        call = [sys.executable, "-c", LONG, str(recording), str(minutes)]
        alone = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
        return int(subprocess.run(call, capture_output=True, check=True, env=alone).stdout)

    assert most(3) - most(1) < 3_000
