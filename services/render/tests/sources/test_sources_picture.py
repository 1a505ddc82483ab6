"""Every picture a person uploads is shown right, or it is said what to do."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from pathlib import Path
from struct import pack

import numpy as np
import pytest
from PIL import Image
from render_pictures import animated, clear, deep, halves, save, turned, wide_gamut

from philo_render.sources import PictureError, normalised
from philo_render.sources.decoding import LONGEST

RED_LEFT = {
    "jpeg": save(halves(), "JPEG"),
    "progressive": save(halves(), "JPEG", progressive=True),
    "cmyk jpeg": save(halves().convert("CMYK"), "JPEG", quality=95),
    "cmyk tiff": save(halves().convert("CMYK"), "TIFF"),
    "palette": save(halves().quantize(8), "PNG"),
    "palette with a clear colour": save(halves().quantize(8), "PNG", transparency=7),
    "alpha that covers all": save(halves().convert("RGBA"), "PNG"),
    "bitmap": save(halves(), "BMP"),
    "webp": save(halves(), "WEBP", quality=95),
    "avif": save(halves(), "AVIF", quality=95),
    "tiff": save(halves(), "TIFF", compression="tiff_lzw"),
    "animated gif": animated("GIF"),
    "animated webp": animated("WEBP", lossless=True),
    "animated png": animated("PNG"),
    "a profile of its own": wide_gamut(),
    "a broken profile": save(halves(), "PNG", icc_profile=b"this is no profile"),
    **{f"turned {way}": turned(way) for way in range(1, 9)},
    "turned png": turned(6, "PNG"),
    "turned webp": turned(8, "WEBP"),
    "turned tiff": turned(6, "TIFF"),
    "a nonsense turn": turned(1).replace(
        b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x01", b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x63"
    ),
}


@pytest.mark.parametrize("name", RED_LEFT)
def test_a_picture_is_shown_as_a_viewer_would_see_it(name: str, seen) -> None:
    found = normalised(RED_LEFT[name])
    pixels = seen(found)
    assert pixels.shape == (found.height, found.width, 3)
    assert found.width > found.height
    middle = found.height // 2
    assert np.abs(pixels[middle, found.width // 5].astype(int) - (254, 0, 0)).max() < 40
    assert np.abs(pixels[middle, -found.width // 5].astype(int) - (0, 0, 254)).max() < 40


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_become_eight_from_black_to_white(kind: str, seen) -> None:
    row = seen(normalised(deep(kind)))[40].mean(axis=1)
    assert row[2] < 8
    assert row[-2] > 247
    assert abs(row[len(row) // 2] - 127) < 6


def test_a_file_is_what_it_contains_and_not_what_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "holiday.gif"
    path.write_bytes(save(halves(), "PNG"))
    assert normalised(path) == normalised(path.read_bytes())


@pytest.mark.parametrize("paint", [(20, 40, 120), (250, 240, 200), (0, 0, 0), (255, 255, 255)])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_clear_parts_become_a_calm_ground_that_the_subject_stands_out_from(paint, kind: str, seen) -> None:
    pixels = seen(normalised(clear(paint, kind))).astype(int)
    height, width = pixels.shape[:2]
    corner, subject = pixels[5, 5], pixels[height // 2, width // 2]
    assert np.abs(subject - paint).max() < 12
    assert 40 < corner.mean() < 252
    assert np.ptp(corner) < 70
    assert abs(corner.mean() - subject.mean()) > 70


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (9000, 2), (17, 31)])
def test_the_smallest_and_slimmest_pictures_can_be_shown(size: tuple[int, int], seen) -> None:
    found = normalised(save(Image.new("RGB", size, (200, 90, 30)), "PNG"))
    assert min(found.width, found.height) >= 16
    assert 320 <= max(found.width, found.height) <= LONGEST
    assert np.abs(seen(found).astype(int) - (200, 90, 30)).max() < 6


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_picture_is_brought_to_what_a_film_can_show(kind: str, seen) -> None:
    found = normalised(save(halves(8000, 1000).convert("RGB" if kind == "JPEG" else "P"), kind))
    assert (found.width, found.height) == (3840, 480)
    assert np.abs(seen(found)[240, 800].astype(int) - (254, 0, 0)).max() < 6


def test_nothing_of_the_metadata_is_kept() -> None:
    found = normalised(turned(6))
    for data in (found.image, found.thumbnail):
        image = Image.open(io.BytesIO(data))
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"Somebody" not in data


def test_the_thumbnail_is_the_same_picture_small() -> None:
    image = Image.open(io.BytesIO(normalised(save(halves(1200, 800), "PNG")).thumbnail))
    assert image.size == (480, 320)


MEMORY = """
import sys
from pathlib import Path
from philo_render.sources import normalised
found = normalised(sys.stdin.buffer.read())
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(found.width, found.height, int(peak.split()[1]) // 1024)  # getrusage would tell the parent's as well
"""


@pytest.mark.heavy
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_ten_thousand_by_ten_thousand_pixels_are_read_in_less_than_600_mb(kind: str) -> None:
    huge = save(halves(10_000, 10_000), kind)
    done = subprocess.run([sys.executable, "-c", MEMORY], input=huge, capture_output=True, check=True)
    width, height, megabytes = map(int, done.stdout.split())
    assert (width, height) == (3840, 3840)
    assert megabytes < 600


def bomb(side: int) -> bytes:
    """A PNG that promises side x side pixels in a hundred bytes."""
    parts = ((b"IHDR", pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)), (b"IDAT", zlib.compress(bytes(9999))))
    chunks = (pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data)) for name, data in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


NOISE = np.random.default_rng(0).integers(0, 255, (80, 120, 3)).astype(np.uint8)

REFUSED = {
    "an empty file": (b"", "picture_empty", "upload"),
    "a text": (b"Once upon a time there was a lighthouse.", "picture_unreadable", "text"),
    "a document": (b"%PDF-1.7 " + bytes(200), "picture_unreadable", "PDF"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_unreadable", "SVG"),
    "a film": (pack(">I4s4sI", 16, b"ftyp", b"isom", 0), "picture_unreadable", "MP4"),
    "noise": (NOISE.tobytes()[:900], "picture_unreadable", "not a picture"),
    "an HEIC": (pack(">I4s4sI", 24, b"ftyp", b"heic", 0) + bytes(8), "picture_unsupported", "JPEG"),
    "half a JPEG": (save(Image.fromarray(NOISE), "JPEG")[:3000], "picture_truncated", "again"),
    "half a PNG": (save(Image.fromarray(NOISE), "PNG")[:9000], "picture_truncated", "again"),
    "a head only": (b"\x89PNG\r\n\x1a\n", "picture_unreadable", "damaged"),
    "a bomb": (bomb(60_000), "picture_too_large", "3840"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_in_words_that_help(name: str, tmp_path: Path) -> None:
    data, code, word = REFUSED[name]
    (tmp_path / "upload.jpg").write_bytes(data)
    for source in (data, tmp_path / "upload.jpg"):
        with pytest.raises(PictureError, match=word) as caught:
            normalised(source)
        assert caught.value.code == code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"])
def test_a_damaged_picture_is_shown_or_refused_but_never_a_crash(kind: str) -> None:
    whole = save(halves(), kind)
    chance = np.random.default_rng(3)
    for _ in range(12):
        hurt = bytearray(whole)
        for place in chance.integers(0, len(whole), 6):
            hurt[place] = int(chance.integers(0, 256))
        assert verdict(bytes(hurt)).startswith("picture_")


def verdict(data: bytes) -> str:
    try:
        return f"picture_of_{normalised(data).width}"
    except PictureError as error:
        return error.code
