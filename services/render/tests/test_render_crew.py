"""The crew in child processes: a film on disk, or nothing at all there."""

import asyncio
import io
from pathlib import Path

import cv2
import numpy as np
import pytest
import pytest_asyncio
import soundfile
from render_accidents import broken, endless, killed, little_room
from render_world import JOB, Shelf, analyzed, blob, composed, drawn, mixed, noise, painted, spoken

from philo_contracts.events import PartsLost
from philo_kernel.children import ChildDied, Children
from philo_kernel.work import Hopeless, Passing
from philo_render import ports
from philo_render.crew import warnings_of
from philo_render.domain import Film, due, learn
from philo_render.film import Format, draw_chunk, probe
from philo_render.orders import Draw, Join, Mix
from philo_render.ports import ChildCrew, Ports
from philo_render.providers.fallback import Fallback
from philo_render.reporter import Reporter
from philo_render.tasks import join, mix
from philo_render.turns import Turns

pytestmark = pytest.mark.heavy


def sounding(seconds: float) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, noise(seconds), 22_050, format="FLAC")
    return file.getvalue()


def orders_of(scenes: int = 1, **wish) -> tuple[list[Draw], Mix, Join]:
    film = Film(job=JOB)
    facts = [fact(at) for at in range(scenes) for fact in (spoken, painted, drawn)]
    for fact in (analyzed(scenes, **wish), *facts, composed(), mixed()):
        film = learn(film, fact)
    found = [order for _, order in due(film)]
    [mixing], [joining] = ([one for one in found if isinstance(one, kind)] for kind in (Mix, Join))
    return [one for one in found if isinstance(one, Draw)], mixing, joining


@pytest.fixture(scope="session")
def one_scene() -> tuple[Mix, Join, dict[str, bytes]]:
    """Two orders, and what lies in the store for them."""
    [order], mixing, joining = orders_of()
    rows, columns = np.mgrid[0:576, 0:1024]
    image = np.dstack([rows % 256, columns % 256, (rows + columns) % 256]).astype(np.uint8)
    picture = cv2.imencode(".jpg", image)[1].tobytes()
    drawn = {f"chunk-{n}": draw_chunk(chunk, {"picture-0": picture}) for n, chunk in enumerate(order.chunks())}
    named = {"chunks": tuple(blob(name) for name in drawn), "owners": tuple("s00" for _ in drawn)}
    kept = {**drawn, "audio-0": sounding(2), "music": sounding(4), joining.opening.key: picture}
    return mixing, joining.model_copy(update=named), kept


@pytest.fixture
def shelf(one_scene) -> Shelf:
    shelf = Shelf()
    shelf.kept |= one_scene[2]
    return shelf


@pytest_asyncio.fixture
async def children():
    async with Children(1) as made:
        yield made


def world(children: Children, shelf: Shelf, scratch: Path) -> Ports:
    return Ports(ChildCrew(children, children, children, Turns(1)), shelf, Reporter(), Fallback({}), scratch)


async def made(orders: tuple[Mix, Join, dict[str, bytes]], ports: Ports):
    """Its sound is mixed, and the film joined."""
    sound = (await mix.perform(orders[0], ports)).sound
    return await join.perform(orders[1].model_copy(update={"sound": sound}), ports)


async def test_a_film_is_joined_of_what_lies_in_the_store(children, one_scene, shelf, tmp_path):
    done = await made(one_scene, world(children, shelf, tmp_path))
    assert list(tmp_path.iterdir()) == []
    film = tmp_path / "film.mp4"
    film.write_bytes(shelf.kept[done.video.key])
    assert probe(film).video_end == pytest.approx(done.duration, abs=0.05)
    assert shelf.kept[done.srt.key].startswith(b"1\n")
    assert shelf.kept[done.vtt.key].startswith(b"WEBVTT")
    assert shelf.kept[done.poster.key].startswith(b"\xff\xd8")


async def test_a_full_disk_is_told_in_words_and_nothing_stays_on_it(one_scene, shelf, tmp_path):
    async with Children(1, prepare=little_room) as children:
        with pytest.raises(Passing, match="Free some room there") as failed:
            await made(one_scene, world(children, shelf, tmp_path))
    assert (failed.value.code, str(tmp_path) in str(failed.value)) == ("disk_not_writable", True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("spoilt", [b"", b"some other thing", None])
async def test_a_damaged_chunk_or_sound_is_told_so_that_it_is_made_again(children, one_scene, shelf, tmp_path, spoilt):
    ports = world(children, shelf, tmp_path)
    sound = (await mix.perform(one_scene[0], ports)).sound
    for name in ("chunk-0", sound.key):
        shelf.kept[name] = shelf.kept[name][:-1] + b"?" if spoilt is None else spoilt
    told = await join.perform(one_scene[1].model_copy(update={"sound": sound}), ports)
    assert told == PartsLost(job=JOB, attempt=1, scenes=("s00",), sound=True)


async def test_chunks_of_another_format_or_without_their_end_are_of_no_use(children, one_scene, tmp_path):
    body = one_scene[2]["chunk-0"]
    paths = [tmp_path / name for name in ("whole", "short", "empty")]
    for path, data in zip(paths, (body, body[:-7], b""), strict=True):
        path.write_bytes(data)
    crew = ChildCrew(children, children, children, Turns(1))
    clock = Format.of(one_scene[1].config)
    assert await crew.unusable(paths, clock) == (1, 2)
    assert await crew.unusable(paths[:1], clock.model_copy(update={"fps": clock.fps + 1})) == (0,)


async def test_a_voice_that_was_cut_short_is_told_by_its_scene(children, one_scene, shelf, tmp_path):
    shelf.kept["audio-0"] = sounding(0.5)
    with pytest.raises(Hopeless, match=r"The voice of scene 1, “Scene 0”: only 0\.5 of 1\.9 seconds are there"):
        await made(one_scene, world(children, shelf, tmp_path))


@pytest.mark.parametrize(("edit", "error"), [(broken, ValueError), (killed, ChildDied)])
async def test_nothing_stays_on_disk_of_a_cut_that_failed(
    children, one_scene, shelf, tmp_path, monkeypatch, edit, error
):
    monkeypatch.setattr(ports.crew, "edit", edit)
    with pytest.raises(error):
        await made(one_scene, world(children, shelf, tmp_path))
    assert list(tmp_path.iterdir()) == []


async def test_nothing_stays_on_disk_of_a_cut_that_was_cancelled(children, one_scene, shelf, tmp_path, monkeypatch):
    monkeypatch.setattr(ports.crew, "edit", endless)
    cutting = asyncio.create_task(made(one_scene, world(children, shelf, tmp_path)))
    async with asyncio.timeout(20):
        while not list(tmp_path.iterdir()):  # noqa: ASYNC110 - made by another thread
            await asyncio.sleep(0.02)
    cutting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cutting
    assert list(tmp_path.iterdir()) == []


def test_a_film_that_got_no_music_warns_of_it():
    *_, order = orders_of()
    assert warnings_of(order) == ()
    [warning] = warnings_of(order.model_copy(update={"music": False}))
    assert "no music" in warning
    *_, quiet = orders_of(music=False)
    assert warnings_of(quiet.model_copy(update={"music": False})) == ()


def test_what_was_warned_of_when_the_script_was_read_is_told_with_the_film():
    *_, order = orders_of()
    [warning] = warnings_of(order.model_copy(update={"warnings": ("prompt_narrated",)}))
    assert "the prompt itself is narrated" in warning


def test_signs_that_no_font_has_are_named():
    *_, order = orders_of()
    [warning] = warnings_of(order.model_copy(update={"title": "A \U0001242f film"}))
    assert "\U0001242f" in warning


async def test_the_chunks_of_a_scene_are_planned_in_a_child_as_they_are_here(children):
    [order], *_ = orders_of()
    assert await ChildCrew(children, children, children, Turns(1)).plan(order) == order.chunks()
