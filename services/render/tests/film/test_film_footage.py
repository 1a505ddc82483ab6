"""Footage is drawn at any moment, upright, in the film's shape and colours, whatever file it comes from."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import ColorTrc
from render_footage import film, grey, greys, halves, song

from philo_render.film.faults import BrokenFilmError
from philo_render.film.fit import Fit, fit
from philo_render.film.footage import Filmed, Span
from philo_render.film.format import Format
from philo_render.film.planes import Planes, blank
from philo_render.film.reframe import Reframe, window

pytestmark = pytest.mark.heavy

WIDE, TALL = Format(width=64, height=48, fps=30), Format(width=48, height=64, fps=30)
RED_709, BLUE_709 = (63, 102, 240), (32, 240, 118)

COARSE = {
    "h264.mp4": {"options": {"bf": "2", "qp": "10"}},
    "open.mp4": {"options": {"bf": "2", "x264-params": "open-gop=1"}},
    "h264.avi": {"options": {"bf": "2"}},
    "mpeg4.avi": {"codec": "mpeg4", "options": {"bf": "2", "qmax": "4"}},
    "hevc.mp4": {"codec": "libx265", "options": {"x265-params": "keyint=10:open-gop=1:bframes=3:log-level=none"}},
    "prores.mov": {"codec": "prores_ks", "pixels": "yuv422p10le"},
}


def shown(path: Path, seconds: float = 0.0, format_: Format = WIDE, **how) -> Planes:
    out = blank(format_)
    Filmed(path, Span(end=9.0), format_, **how).draw(seconds, out)
    return out


def colour(planes: Planes, x: float, y: float) -> tuple[int, ...]:
    """Y, U, V at a place given in shares."""
    return tuple(int(plane[int(y * plane.shape[0]), int(x * plane.shape[1])]) for plane in planes)


def number(planes: Planes) -> int:
    """Which picture of `greys` this is."""
    return round(((float(planes.y.mean()) - 16) * 255 / 219 - grey(0)) / (grey(1) - grey(0)))


def near(found: tuple[int, ...], wanted: tuple[int, ...], slack: int = 6) -> bool:
    return max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= slack


@pytest.mark.parametrize("name", COARSE)
def test_a_picture_is_the_same_bytes_whether_it_is_drawn_in_order_or_sought(name: str, tmp_path: Path) -> None:
    path = film(tmp_path / name, greys(30), **COARSE[name])
    in_order, once, out = Filmed(path, Span(end=9.0), WIDE), {}, blank(WIDE)
    for frame in range(30):
        in_order.draw(frame / 30, out)
        once[frame] = np.concatenate([plane.ravel() for plane in out])
    sought = Filmed(path, Span(end=9.0), WIDE)
    for frame in (25, 3, 29, 10, 0, 9, 19, 21):
        sought.spool.shown = None
        sought.draw(frame / 30, out)
        assert np.array_equal(np.concatenate([plane.ravel() for plane in out]), once[frame]), frame


@pytest.mark.parametrize("name", ["h264.mp4", "h264.avi", "prores.mov"])
def test_every_moment_shows_the_picture_that_is_on_then(name: str, tmp_path: Path) -> None:
    filmed = Filmed(film(tmp_path / name, greys(30), **COARSE[name]), Span(end=9.0), WIDE)
    out, found = blank(WIDE), []
    for frame in range(30):
        filmed.draw(frame / 30, out)
        found.append(number(out))
    assert found == list(range(30))


def test_with_a_variable_frame_rate_the_newest_picture_that_is_not_later_is_shown(tmp_path: Path) -> None:
    times = [0, 40, 50, 400, 420, 900]
    path = film(tmp_path / "phone.mp4", greys(6), times=times)
    moments = {0.0: 0, 0.045: 1, 0.2: 2, 0.399: 3, 0.41: 3, 0.5: 4, 0.89: 4, 0.95: 5, 3.0: 5}
    assert {moment: number(shown(path, moment)) for moment in moments} == moments


def test_drawing_in_order_winds_the_film_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filmed = Filmed(film(tmp_path / "film.mp4", greys(30)), Span(start=0.2, end=0.9), WIDE)
    winds, wind = [], filmed.spool._from
    monkeypatch.setattr(filmed.spool, "_from", lambda seconds: winds.append(seconds) or wind(seconds))
    for frame in range(40):
        filmed.draw(frame / 60, blank(WIDE))
    assert len(winds) == 1


def test_a_stretch_ends_with_its_own_last_picture(tmp_path: Path) -> None:
    filmed = Filmed(film(tmp_path / "film.mp4", greys(30)), Span(start=0.2, end=0.5), WIDE)
    out = blank(WIDE)
    filmed.draw(4.0, out)
    assert number(out) == 14


@pytest.mark.parametrize(
    ("turned", "mirrored", "reds"),
    [
        (0, False, (0.1, 0.5)),
        (-90, False, (0.5, 0.1)),
        (90, False, (0.5, 0.9)),
        (180, False, (0.9, 0.5)),
        (0, True, (0.9, 0.5)),
    ],
)
def test_a_turned_film_is_shown_as_a_viewer_would_see_it(
    turned: int, mirrored: bool, reds: tuple[float, float], tmp_path: Path
) -> None:
    """The stored left half is red; a camera held sideways has it above or below, a mirror at the right."""
    path = film(tmp_path / "turned.mov", [halves(64, 48)] * 3, turned=turned, mirrored=mirrored)
    planes = shown(path, format_=TALL if turned in (90, -90) else WIDE)
    assert near(colour(planes, *reds), RED_709)
    assert near(colour(planes, 1 - reds[0], 1 - reds[1]), BLUE_709)


@pytest.mark.parametrize(
    ("name", "size", "how"),
    [
        ("odd.mp4", (101, 75), {"codec": "mpeg4", "options": {"qmax": "3"}}),
        (
            "deep.mp4",
            (64, 48),
            {"codec": "libx265", "pixels": "yuv420p10le", "options": {"x265-params": "log-level=none:bframes=0"}},
        ),
        ("prores.mov", (64, 48), {"codec": "prores_ks", "pixels": "yuv422p10le"}),
        ("full.avi", (64, 48), {"codec": "mjpeg", "pixels": "yuvj420p"}),
        ("rgb.mov", (64, 48), {"codec": "qtrle", "pixels": "rgb24"}),
        ("dense.mp4", (64, 48), {"pixels": "yuv444p"}),
    ],
)
def test_every_kind_of_pixel_becomes_our_colours(name: str, size: tuple[int, int], how: dict, tmp_path: Path) -> None:
    path = film(tmp_path / name, [halves(*size)] * 2, **how)
    planes = shown(path)
    assert near(colour(planes, 0.2, 0.5), RED_709)
    assert near(colour(planes, 0.8, 0.5), BLUE_709)


def test_a_woven_film_is_shown_without_its_comb(tmp_path: Path) -> None:
    woven = np.zeros((48, 64, 3), np.uint8)
    woven[::2] = 200
    path = film(tmp_path / "woven.mp4", [woven] * 3, options={"x264-params": "tff=1:qp=1"})
    assert np.ptp(shown(path).y.astype(int)) < 12


@pytest.mark.parametrize(("focus", "wanted"), [((0.1, 0.5), RED_709), ((0.9, 0.5), BLUE_709)])
def test_a_wide_film_is_cut_to_a_tall_frame_around_its_subject(focus, wanted, tmp_path: Path) -> None:
    planes = shown(film(tmp_path / "wide.mp4", [halves(160, 64)] * 2), format_=TALL, focus=focus)
    assert near(colour(planes, 0.1, 0.5), wanted)
    assert near(colour(planes, 0.9, 0.5), wanted)


def test_frames_that_are_not_a_multiple_of_four_are_filled_to_the_edge(tmp_path: Path) -> None:
    planes = shown(film(tmp_path / "film.mp4", greys(1)), format_=Format(width=54, height=38, fps=24))
    assert all(np.ptp(plane.astype(int)) <= 1 for plane in planes)


@pytest.mark.heavy  # its table of colours takes a second or two
@pytest.mark.parametrize(("curve", "white"), [(ColorTrc.ARIB_STD_B67, 0.75), (ColorTrc.SMPTE2084, 0.58)])
def test_the_white_of_a_film_of_high_dynamic_range_is_white(curve: ColorTrc, white: float) -> None:
    """Diffuse white is 203 nits (ITU-R BT.2408), far below what the numbers could say."""
    frame, out = av.VideoFrame(64, 48, "yuv420p10le"), blank(WIDE)
    for plane, value in zip(frame.planes, (64 + round(white * 876), 512, 512), strict=True):
        plane.update(np.full(plane.buffer_size // 2, value, np.uint16).tobytes())
    frame.color_trc, frame.color_primaries, frame.colorspace, frame.color_range = int(curve), 9, 9, 1
    Reframe((64, 48), (0.5, 0.5)).draw(frame, out)
    assert near(colour(out, 0.5, 0.5), (235, 128, 128), 4)


def test_colours_that_a_file_describes_in_nonsense_are_taken_as_usual(tmp_path: Path) -> None:
    with av.open(film(tmp_path / "film.mp4", [halves(64, 48)])) as container:
        frame = next(container.decode(video=0))
    frame.colorspace, frame.color_primaries, frame.color_trc = 13, 250, 77
    out = blank(WIDE)
    Reframe((64, 48), (0.5, 0.5)).draw(frame, out)
    assert near(colour(out, 0.2, 0.5), RED_709)


def test_dropped_footage_gives_its_memory_back_at_once(tmp_path: Path) -> None:
    """Without waiting for the collector, which knows nothing of the size of pictures."""
    path = film(tmp_path / "turned.mov", greys(6), turned=90)
    gc.collect()
    gc.disable()
    try:
        filmed = Filmed(path, Span(end=9.0), WIDE)
        for frame in range(4):
            filmed.draw(frame / 30, blank(WIDE))
        gone = [weakref.ref(filmed.spool), weakref.ref(filmed.reframe.graph)]
        closing = filmed.spool.closing
        del filmed
        assert all(one() is None for one in gone)
        assert not closing.alive
    finally:
        gc.enable()


def test_damage_in_the_middle_of_a_film_is_passed_over(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", [halves(64, 48)] * 30, movflags="faststart")
    data = bytearray(path.read_bytes())
    data[-600:-300] = b"\xa5" * 300
    path.write_bytes(data)
    filmed, out = Filmed(path, Span(end=9.0), WIDE), blank(WIDE)
    for frame in range(30):
        filmed.draw(frame / 30, out)
    assert filmed.spool.shown is not None


@pytest.mark.parametrize("make", [song, lambda path: path.write_text("Once upon a time") and path])
def test_what_is_no_film_is_refused(make, tmp_path: Path) -> None:
    with pytest.raises(BrokenFilmError):
        Filmed(make(tmp_path / "film.mp4"), Span(end=1.0), WIDE)


@pytest.mark.parametrize(
    ("span", "scene", "cuts", "wanted"),
    [
        (9.0, 6.0, (), Fit(mode="trimmed", rate=1.0, piece=6.0)),
        (6.0, 6.0, (), Fit(mode="trimmed", rate=1.0, piece=6.0)),
        (4.5, 6.0, (), Fit(mode="slowed", rate=0.75, piece=4.5)),
        (3.0, 6.0, (), Fit(mode="looped", rate=1.0, piece=3.0)),
        (3.0, 6.0, (0.5, 2.6), Fit(mode="looped", rate=1.0, piece=2.6)),
        (3.0, 6.0, (0.5,), Fit(mode="looped", rate=1.0, piece=3.0)),
    ],
)
def test_a_stretch_is_fitted_to_its_scene(span: float, scene: float, cuts: tuple[float, ...], wanted: Fit) -> None:
    assert fit(span, scene, cuts) == wanted


@pytest.mark.parametrize(("stretch", "scene", "seen"), [(0.5, 0.8, [0, 3, 7, 11]), (1.0, 2.0, [0, 15, 0, 15])])
def test_short_footage_is_slowed_or_shown_again(stretch: float, scene: float, seen: list[int], tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", greys(30))
    filmed, out, found = Filmed(path, Span(end=stretch), WIDE, fitted=fit(stretch, scene)), blank(WIDE), []
    for share in (0.0, 0.25, 0.5, 0.75):
        filmed.draw(share * scene + 0.001, out)
        found.append(number(out))
    assert found == seen


@pytest.mark.parametrize("size", [(1920, 1080), (101, 75), (2, 2), (1, 1), (3840, 16)])
@pytest.mark.parametrize("shape", [16 / 9, 9 / 16, 1.0])
def test_a_window_never_leaves_the_picture(size: tuple[int, int], shape: float) -> None:
    for focus in ((0.0, 0.0), (0.5, 0.5), (1.0, 1.0)):
        part = window(size, shape, focus)
        assert part.width > 0
        assert part.height > 0
        assert 0 <= part.left <= size[0] - part.width
        assert 0 <= part.top <= size[1] - part.height
