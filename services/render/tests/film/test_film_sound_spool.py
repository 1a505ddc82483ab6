"""Encoded sound survives its journey through a file, and a damaged file is noticed."""

import numpy as np
import pytest

from philo_render.film import BrokenFilmError, EncodedSound, encoded, keep

SAMPLES = 20_000
TONE = np.sin(np.arange(SAMPLES) / 20)[None].repeat(2, 0).astype(np.float32)


@pytest.fixture
def file(tmp_path):
    keep(encoded(TONE, SAMPLES), SAMPLES, tmp_path / "sound")
    return tmp_path / "sound"


def test_what_was_kept_is_read_again(file):
    kept = EncodedSound(file)
    assert (list(kept.packets()), kept.samples) == (encoded(TONE, SAMPLES), SAMPLES)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-7],
        lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
        lambda data: data[:8] + b"\x09" + data[9:],
        lambda data: b"RIFF" + data[4:],
    ],
    ids=["nothing", "cut short", "a flipped bit", "another version", "something else"],
)
def test_a_damaged_file_is_to_be_mixed_again(file, damage):
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(BrokenFilmError, match="mix it again"):
        EncodedSound(file)
