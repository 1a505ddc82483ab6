"""Every film a person uploads is understood, or it is said what to do."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from struct import pack

import numpy as np
import pytest
from PIL import Image
from render_footage import RED, film, greys, halves, song

from philo_render.sources import FootageError, understood

pytestmark = pytest.mark.heavy


def picture(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data))).astype(int)


def test_a_plain_film_is_measured(tmp_path: Path) -> None:
    facts = understood(film(tmp_path / "film.mp4", [halves(160, 90)] * 24))
    assert (facts.duration, facts.width, facts.height, facts.fps) == (0.8, 160, 90, 30.0)
    assert (facts.codec, facts.has_audio, facts.rotation) == ("h264", False, 0)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("film.mov", {"codec": "prores_ks", "pixels": "yuv422p10le"}),
        ("film.avi", {"codec": "mpeg4"}),
        ("old.avi", {"codec": "mjpeg", "pixels": "yuvj420p"}),
        (
            "deep.mp4",
            {"codec": "libx265", "pixels": "yuv420p10le", "options": {"x265-params": "log-level=none:bframes=0"}},
        ),
        ("live.mp4", {"movflags": "frag_keyframe+empty_moov"}),
    ],
)
def test_every_container_and_depth_is_measured_and_shown(name: str, how: dict, tmp_path: Path) -> None:
    facts = understood(film(tmp_path / name, [halves(96, 64)] * 15, **how))
    assert abs(facts.duration - 0.5) < 0.04
    assert (facts.width, facts.height, facts.fps) == (96, 64, 30.0)
    assert np.abs(picture(facts.poster)[32, 20] - RED).max() < 25


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    path = film(tmp_path / "film.avi", greys(6), codec="mpeg4").rename(tmp_path / "film.mp4")
    assert understood(path).codec == "mpeg4"


@pytest.mark.parametrize(
    ("turned", "rotation", "reds"), [(-90, 90, (0.5, 0.1)), (90, 270, (0.5, 0.9)), (180, 180, (0.9, 0.5))]
)
def test_a_turned_film_is_upright_in_size_and_poster(turned: int, rotation: int, reds, tmp_path: Path) -> None:
    facts = understood(film(tmp_path / "phone.mov", [halves(160, 90)] * 5, turned=turned))
    assert facts.rotation == rotation
    assert (facts.width, facts.height) == ((160, 90) if turned == 180 else (90, 160))
    for data in (facts.poster, *facts.thumbnails):
        shown = picture(data)
        assert np.abs(shown[int(reds[1] * shown.shape[0]), int(reds[0] * shown.shape[1])] - RED).max() < 25


def test_a_variable_frame_rate_is_measured_by_its_clock(tmp_path: Path) -> None:
    facts = understood(film(tmp_path / "phone.mp4", greys(6), times=[0, 40, 50, 400, 420, 900]))
    assert 0.9 <= facts.duration <= 1.0
    assert 5 <= facts.fps <= 7


def test_odd_dimensions_are_told_as_they_are(tmp_path: Path) -> None:
    facts = understood(film(tmp_path / "odd.mp4", [halves(101, 75)] * 3, codec="mpeg4"))
    assert (facts.width, facts.height) == (101, 75)


def test_the_poster_is_neither_black_nor_blank(tmp_path: Path) -> None:
    dark = [np.zeros((64, 96, 3), np.uint8)] * 20
    facts = understood(film(tmp_path / "film.mp4", [*dark, *[halves(96, 64)] * 10]))
    assert picture(facts.poster).max() > 200
    assert len(facts.thumbnails) == 3


def test_the_subject_is_found(tmp_path: Path) -> None:
    shot = np.full((90, 160, 3), 90, np.uint8)
    shot[30:60, 110:140] = (250, 220, 40)
    x, y = understood(film(tmp_path / "film.mp4", [shot] * 12)).focus
    assert abs(x - 0.78) < 0.08
    assert abs(y - 0.5) < 0.08


def grain(count: int) -> list[np.ndarray]:
    return list(np.random.default_rng(0).integers(0, 255, (count, 64, 96, 3)).astype(np.uint8))


def cut(share: float, name: str, **how: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = film(folder / name, grain(30), **how)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])
        return path

    return make


def written(data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / "film.mp4").write_bytes(data)
        return folder / "film.mp4"

    return make


def hollow(folder: Path) -> Path:
    path = film(folder / "film.mp4", greys(3), movflags="frag_keyframe+empty_moov")
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moof") - 4])
    return path


def strange(folder: Path) -> Path:
    path = film(folder / "film.mp4", greys(3))
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))
    return path


def vast(folder: Path) -> Path:
    """Its header says 30,000 x 30,000 pixels."""
    path = film(folder / "film.mov", [halves(96, 64)], codec="prores_ks", pixels="yuv422p10le")
    path.write_bytes(path.read_bytes().replace(pack(">HH", 96, 64), pack(">HH", 30_000, 30_000)))
    return path


PNG = io.BytesIO()
Image.new("RGB", (8, 8)).save(PNG, "PNG")

REFUSED: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "an empty file": (written(b""), "footage_empty", "again"),
    "a text": (written(b"#EXTM3U\nhttp://example.org/film.ts\n"), "footage_unsupported", "text"),
    "a picture": (written(PNG.getvalue()), "footage_unsupported", "PNG picture"),
    "another film": (written(b"\x1a\x45\xdf\xa3" + bytes(60)), "footage_unsupported", "Matroska"),
    "a song": (lambda folder: song(folder / "film.mp4"), "footage_without_picture", "sound"),
    "an index missing": (cut(0.5, "film.mp4"), "footage_truncated", "cut off"),
    "an end missing": (cut(0.6, "film.mp4", movflags="faststart"), "footage_truncated", "cut off"),
    "an end missing in an avi": (cut(0.5, "film.avi", codec="mpeg4"), "footage_truncated", "cut off"),
    "noise in a film's box": (written(b"\0\0\0\x18ftypisom" + bytes(range(256))), "footage_unreadable", "again"),
    "a film of no pictures": (hollow, "footage_without_frames", "not one picture"),
    "pictures beyond measure": (vast, "footage_too_large", "4K"),
    "an unknown codec": (strange, "footage_codec_unknown", "H.264"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_in_words_that_help(name: str, tmp_path: Path) -> None:
    make, code, word = REFUSED[name]
    with pytest.raises(FootageError, match=word) as caught:
        understood(make(tmp_path))
    assert caught.value.code == code


@pytest.mark.parametrize(("name", "codec"), [("film.mp4", "libx264"), ("film.avi", "mpeg4")])
def test_a_damaged_film_is_understood_or_refused_but_never_a_crash(name: str, codec: str, tmp_path: Path) -> None:
    path = film(tmp_path / name, [halves(96, 64)] * 12, codec=codec)
    whole, chance = path.read_bytes(), np.random.default_rng(5)
    for _ in range(15):
        hurt = bytearray(whole)
        for place in chance.integers(12, len(whole), 12):
            hurt[place] = int(chance.integers(0, 256))
        path.write_bytes(hurt)
        assert verdict(path).startswith("footage_")


def verdict(path: Path) -> str:
    try:
        return f"footage_of_{understood(path).width}"
    except FootageError as error:
        return error.code
