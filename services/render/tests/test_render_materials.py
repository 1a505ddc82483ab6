"""Uploaded tracks and fonts are looked at in a child process; a film can have what passes."""

import io
from hashlib import sha256

import av
import numpy as np
import pytest
from render_fonts import block_font, packed
from render_world import Shelf

from philo_kernel.children import Children
from philo_kernel.work import Hopeless
from philo_render.orders import Ingest
from philo_render.ports import ChildCrew, Ports
from philo_render.providers.fallback import Fallback
from philo_render.reporter import Reporter
from philo_render.tasks import ingest
from philo_render.turns import Turns

pytestmark = pytest.mark.heavy

FONT = block_font("abcdefg")


def sound(form: str, codec: str, seconds: float = 3.0, loud: float = 0.3) -> bytes:
    """A tone."""
    file = io.BytesIO()
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream(codec, rate=48_000, layout="mono")
        wave = loud * np.sin(2 * np.pi * 440 * np.arange(round(seconds * 48_000)) / 48_000)
        for start in range(0, len(wave), 960):
            block = (wave[None, start : start + 960] * 32_767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 48_000, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


@pytest.fixture
async def ports(tmp_path):
    async with Children(1) as children:
        yield Ports(ChildCrew(children, children, children, Turns(1)), Shelf(), Reporter(), Fallback({}), tmp_path)


async def looked_at(ports: Ports, body: bytes, media_type: str):
    file = await ports.objects.put("uploads/x", body, media_type)
    return await ingest.perform(Ingest(job="asset-1", user="ada", file=file), ports)


@pytest.mark.parametrize(
    ("form", "codec", "media_type"),
    [
        ("mp3", "libmp3lame", "audio/mpeg"),
        ("ipod", "aac", "audio/mp4"),
        ("flac", "flac", "audio/flac"),
        ("wav", "pcm_s16le", "audio/wav"),
        ("ogg", "libopus", "audio/ogg"),
    ],
)
async def test_a_track_is_measured_and_kept_as_it_came(ports, tmp_path, form, codec, media_type):
    fact = await looked_at(ports, sound(form, codec), media_type)
    assert fact.duration == pytest.approx(3.0, abs=0.1)
    assert (fact.kept.key, fact.shown, fact.width) == ("uploads/x", None, None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"ID3 and then nothing", "track_unreadable"),
        (sound("wav", "pcm_s16le", seconds=0.4), "track_too_short"),
        (sound("wav", "pcm_s16le", loud=0.0), "track_silent"),
    ],
    ids=["text", "short", "silent"],
)
async def test_what_cannot_be_heard_is_refused_in_words(ports, body, code):
    with pytest.raises(Hopeless) as refused:
        await looked_at(ports, body, "audio/mpeg")
    assert refused.value.code == code


async def test_of_a_track_that_breaks_off_what_is_heard_before_counts(ports):
    whole = sound("mp3", "libmp3lame", seconds=6.0)
    fact = await looked_at(ports, whole[: len(whole) // 2], "audio/mpeg")
    assert fact.duration == pytest.approx(3.0, abs=0.3)


@pytest.mark.parametrize(
    ("body", "media_type"), [(FONT, "font/ttf"), (packed(FONT), "font/woff2")], ids=["plain", "packed"]
)
async def test_a_font_is_kept_unpacked_under_the_name_of_its_bytes(ports, body, media_type):
    fact = await looked_at(ports, body, media_type)
    kept = ports.objects.kept[fact.kept.key]
    assert kept.startswith(b"\x00\x01\x00\x00")
    assert sha256(kept).hexdigest() in fact.kept.key


async def test_what_is_no_font_is_refused_in_words(ports):
    with pytest.raises(Hopeless, match="TrueType, OpenType or WOFF2") as refused:
        await looked_at(ports, FONT[: len(FONT) // 2], "font/ttf")
    assert refused.value.code == "font_unreadable"
