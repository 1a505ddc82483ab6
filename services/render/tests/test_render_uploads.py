"""Uploads are looked at in a child process, finished films are exported there; nothing of either stays on disk."""

import io
import resource
import struct
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from render_world import Shelf, analyzed, blob, spoken

from philo_contracts.shapes import Blob, Footage, Picture
from philo_contracts.shapes import Export as Wish
from philo_kernel.children import Children
from philo_kernel.work import Hopeless
from philo_render import crew
from philo_render.domain import Film, due, learn
from philo_render.film import stills
from philo_render.film.planes import planes_of
from philo_render.orders import Draw, Export, Ingest, Paint
from philo_render.ports import ChildCrew, Ports
from philo_render.providers.fallback import Fallback
from philo_render.reporter import Reporter
from philo_render.tasks import export, ingest
from philo_render.turns import Turns

pytestmark = pytest.mark.heavy


def film_of(seconds: int, size: tuple[int, int] = (160, 90)) -> bytes:
    """Grey that grows brighter second by second, with a sound."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        shown = container.add_stream("libx264", rate=10, options={"preset": "ultrafast"})
        shown.width, shown.height, shown.pix_fmt = *size, "yuv420p"
        heard = container.add_stream("aac", rate=48_000, layout="stereo")
        for number in range(10 * seconds):
            grey = np.full((size[1], size[0], 3), 40 + 30 * (number // 10), np.uint8)
            container.mux(shown.encode(av.VideoFrame.from_ndarray(grey, format="bgr24")))
        for number in range(seconds * 48_000 // 1024):
            frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, number * 1024, Fraction(1, 48_000)
            container.mux(heard.encode(frame))
        container.mux(shown.encode(None))
        container.mux(heard.encode(None))
    return file.getvalue()


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGBA", (400, 300), (200, 30, 30, 255)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
async def ports(tmp_path):
    async with Children(1) as children:
        yield Ports(ChildCrew(children, children, children, Turns(1)), Shelf(), Reporter(), Fallback({}), tmp_path)


async def looked_at(ports: Ports, body: bytes):
    file = await ports.objects.put("uploads/x", body, "application/octet-stream")
    return await ingest.perform(Ingest(job="asset-1", user="ada", file=file), ports)


async def test_an_uploaded_picture_can_be_shown(ports, tmp_path):
    fact = await looked_at(ports, png())
    assert (fact.asset, fact.user, fact.width, fact.height, fact.duration) == ("asset-1", "ada", 400, 300, None)
    assert ports.objects.kept[fact.shown.image.key].startswith(b"\xff\xd8")
    assert (fact.shown.footage, list(tmp_path.iterdir())) == (None, [])


async def test_uploaded_footage_can_be_shown(ports, tmp_path):
    fact = await looked_at(ports, film_of(2))
    assert (fact.width, fact.height, fact.codec) == (160, 90, "h264")
    assert fact.shown.footage.film.key == "uploads/x"
    assert fact.shown.footage.end == pytest.approx(2.0, abs=0.1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("body", "code"), [(b"words, no picture", "picture_un"), (b"", "picture_empty")])
async def test_what_cannot_be_shown_is_refused_in_words(ports, tmp_path, body, code):
    with pytest.raises(Hopeless) as refused:
        await looked_at(ports, body)
    assert refused.value.code.startswith(code)
    assert list(tmp_path.iterdir()) == []


def promising(pictures: int, body: bytes) -> bytes:
    """A film whose index says that it has so many pictures, one byte each."""
    at = body.index(b"stsz") + 8
    return body[:at] + struct.pack(">II", 1, pictures) + body[at + 8 :]


async def test_a_small_file_that_promises_a_thousand_million_pictures_is_refused(ports):
    with pytest.raises(Hopeless, match="Upload it again"):
        await looked_at(ports, promising(1_000_000_000, film_of(1)))
    assert (await looked_at(ports, film_of(1))).width == 160


def test_an_upload_takes_no_more_memory_than_it_may(tmp_path, monkeypatch):
    path = tmp_path / "upload"
    path.write_bytes(film_of(1))
    before = resource.getrlimit(resource.RLIMIT_DATA)
    monkeypatch.setattr(import_module("philo_render.crew.ingest"), "normalised", lambda _: bytearray(4 << 30))
    with pytest.raises(Hopeless, match="make it smaller"):
        crew.ingest(path)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


async def test_an_upload_that_is_gone_is_told_so(ports):
    order = Ingest(job="asset-1", user="ada", file=Blob(key="uploads/none", size_bytes=1, media_type="a/b"))
    with pytest.raises(Hopeless, match="Upload it again"):
        await ingest.perform(order, ports)


@pytest.mark.parametrize(("form", "size"), [("webm", (160, 90)), ("gif", (160, 90))])
async def test_a_finished_film_is_exported(ports, tmp_path, form, size):
    video = await ports.objects.put("outputs/film.mp4", film_of(2), "video/mp4")
    fact = await export.perform(Export(job="e", wish=Wish(video=video, form=form, seconds=1.0)), ports)
    assert (fact.file.key, fact.file.media_type) == (
        f"exports/job_e/export.{form}",
        {"webm": "video/webm", "gif": "image/gif"}[form],
    )
    assert (fact.width, fact.height) == size
    assert list(tmp_path.iterdir()) == []


async def test_a_film_that_is_gone_cannot_be_exported(ports):
    with pytest.raises(Hopeless, match="Make it again"):
        await export.perform(Export(job="e", wish=Wish(video=blob("none"), form="gif")), ports)


def test_footage_fills_its_scene_from_its_own_beginning(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(film_of(6))
    order = draw_order(Footage(film=blob("footage"), start=1.0, end=6.0))
    shown = order.chunks()
    assert {material.kind for chunk in shown for material in chunk.materials} == {"footage"}
    last = shown[-1].model_copy(update={"ending": None, "cues": ()})
    first = shown[0].model_copy(update={"title": None, "cues": ()})
    one, other = (
        planes_of(next(stills(chunk, {"footage": path}, [frame]))).y.mean()
        for chunk, frame in ((first, 0), (last, last.frames - 1))
    )
    assert one == pytest.approx(16 + 70 * 219 / 255, abs=4)
    assert other > one + 60


def test_footage_is_let_go_when_its_run_is_drawn(tmp_path):
    """A file that is held open keeps its room on disk when it is removed."""
    path = tmp_path / "film.mp4"
    path.write_bytes(film_of(6))
    chunk = draw_order(Footage(film=blob("footage"), start=1.0, end=6.0)).chunks()[-1]
    crew.shoot([chunk], {"footage": path})
    descriptors = [one.readlink() for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    assert path not in descriptors


def draw_order(footage: Footage) -> Draw:
    told = analyzed(1)
    given = Picture(image=blob("still"), footage=footage)
    scene = told.scenes[0].model_copy(update={"picture": given})
    film = learn(Film(job="j"), told.model_copy(update={"scenes": (scene,)}))
    assert [one for _, one in due(film) if isinstance(one, Paint)] == []  # nothing is painted for it
    return next(one for _, one in due(learn(film, spoken(0))) if isinstance(one, Draw))
