"""The bank that comes with the package: small, lawful, and complete for the casts."""

from importlib.resources import files

import numpy as np
import pytest

from philo_tts.music.rules.tables import CASTS, RHYTHMS
from philo_tts.music.score import Instrument
from philo_tts.music.sound.modulators import source
from philo_tts.music.sound.player import LAYER, touched
from philo_tts.music.sound.rate import RATE
from philo_tts.music.sound.riff import chunks
from philo_tts.music.sound.soundfont import bank
from philo_tts.music.sound.tone import tone

DATA = files("philo_tts.music").joinpath("data")
SECOND_OF_PIANO = Instrument(preset=(0, 0))


def heard_keys(role: str) -> tuple[int, int]:
    """Two keys that the composer does give to a role."""
    return {"drums": (36, 42), "bass": (40, 47), "air": (74, 81), "lead": (69, 78)}.get(role, (55, 62))


def test_the_bank_is_small_and_its_copyright_notice_lies_beside_it():
    assert len(DATA.joinpath("philo.sf3").read_bytes()) < 15_000_000
    assert "S. Christian Collins" in DATA.joinpath("philo.sf3.copyright.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("genre", list(CASTS))
def test_every_instrument_of_a_cast_has_its_recordings(genre: str):
    headers = bank().tables["shdr"]
    for role, instruments in CASTS[genre].items():
        for instrument in instruments:
            for key in heard_keys(role):
                for layer in range(1, 7):
                    zones = bank().zones(instrument.preset, key, touched(instrument, layer * LAYER + LAYER // 2))
                    assert zones, (role, instrument.preset, key)
                    assert all(headers[zone.sample][2] > headers[zone.sample][1] for zone in zones)


@pytest.mark.parametrize("name", [name for name, rhythm in RHYTHMS.items() if rhythm.instrument])
def test_every_drum_that_a_rhythm_brings_along_sounds(name: str):
    assert bank().zones(RHYTHMS[name].instrument.preset, 41, 90)


def test_a_key_sounds_at_its_pitch():
    wave = tone(bank(), SECOND_OF_PIANO, 69, 80, RATE)[0]
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave))))
    assert spectrum[:1000].argmax() == pytest.approx(440, abs=2)


def test_a_looped_tone_goes_on_without_a_hole():
    strings = next(instrument for instrument in CASTS["orchestral"]["pad"])
    wave = tone(bank(), strings, 60, 70, 8 * RATE)[0]
    level = np.sqrt((wave[RATE:].reshape(-1, RATE // 10) ** 2).mean(axis=1))
    assert level.min() > 0.2 * level.max()


def test_a_harder_stroke_is_brighter():
    soft, hard = (tone(bank(), SECOND_OF_PIANO, 60, velocity, RATE // 2)[0] for velocity in (40, 100))
    assert brilliance(hard) > 3 * brilliance(soft)


def brilliance(wave: np.ndarray) -> float:
    """Share of the energy above 1.5 kHz."""
    power = np.abs(np.fft.rfft(wave)) ** 2
    return float(power[int(1500 * len(wave) / RATE) :].sum() / power.sum())


def test_an_unknown_preset_is_an_error():
    with pytest.raises(KeyError):
        bank().zones((77, 77), 60, 60)


@pytest.mark.parametrize(
    ("code", "value"),
    [(2, 0.5), (0x102, 0.5), (3, 1.0), (0x203, 1.0), (0x303, -1.0), (0x81, 0.0), (0x502, 0.1254)],
)
def test_a_modulator_reads_key_and_velocity_by_its_code(code: int, value: float):
    assert source(code, 128, 64) == pytest.approx(value, abs=1e-3)


def test_nested_chunks_are_found_even_where_a_pad_byte_was_forgotten():
    odd = b"aaaa\x03\0\0\0xyz" + b"bbbb\x02\0\0\0uv"
    body = b"sfbk" + odd
    found = {
        name: bytes(content) for name, content in chunks(memoryview(b"RIFF" + len(body).to_bytes(4, "little") + body))
    }
    assert found == {"aaaa": b"xyz", "bbbb": b"uv"}
