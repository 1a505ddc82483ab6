"""The crew in child processes: a film on disk, or nothing at all there."""

import asyncio
import io

import cv2
import numpy as np
import pytest
import pytest_asyncio
import soundfile
from render_accidents import broken, endless, killed, little_room
from render_world import JOB, analyzed, composed, drawn, noise, painted, spoken

from philo_kernel.children import ChildDied, Children
from philo_kernel.work import Passing
from philo_render import ports
from philo_render.crew import Parts, warnings_of
from philo_render.domain import Film, due, learn
from philo_render.film import draw_chunk, probe
from philo_render.orders import Draw, Join
from philo_render.ports import ChildCrew

pytestmark = pytest.mark.heavy


def sounding(seconds: float) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, noise(seconds), 22_050, format="FLAC")
    return file.getvalue()


def orders_of(scenes: int = 1, **wish) -> tuple[list[Draw], Join]:
    film = Film(job=JOB)
    facts = [fact(at) for at in range(scenes) for fact in (spoken, painted, drawn)]
    for fact in (analyzed(scenes, **wish), *facts, composed()):
        film = learn(film, fact)
    found = [order for _, order in due(film)]
    return [one for one in found if isinstance(one, Draw)], next(one for one in found if isinstance(one, Join))


@pytest.fixture(scope="session")
def one_scene() -> tuple[Join, Parts]:
    [order], join = orders_of()
    rows, columns = np.mgrid[0:576, 0:1024]
    image = np.dstack([rows % 256, columns % 256, (rows + columns) % 256]).astype(np.uint8)
    picture = cv2.imencode(".jpg", image)[1].tobytes()
    drawn = [draw_chunk(chunk, {"picture-0": picture}) for chunk in order.chunks()]
    return join, Parts(drawn, [sounding(2)], sounding(4), picture)


@pytest_asyncio.fixture
async def children():
    async with Children(1) as made:
        yield made


async def test_a_film_is_edited_into_a_folder_of_its_own(children, one_scene, tmp_path):
    cut = await ChildCrew(children, children, tmp_path).edit(*one_scene)
    assert [one.name for one in tmp_path.iterdir()] == [cut.folder.name]
    assert probe(cut.video).video_end == pytest.approx(cut.duration, abs=0.05)
    assert cut.srt.startswith("1\n")
    assert cut.vtt.startswith("WEBVTT")


async def test_a_full_disk_is_told_in_words_and_nothing_stays_on_it(one_scene, tmp_path):
    async with Children(1, prepare=little_room) as children:
        with pytest.raises(Passing, match="Free some room there") as failed:
            await ChildCrew(children, children, tmp_path).edit(*one_scene)
    assert (failed.value.code, str(tmp_path) in str(failed.value)) == ("disk_not_writable", True)
    assert list(tmp_path.iterdir()) == []


async def test_a_scratch_folder_that_is_not_there_is_told_in_words(children, one_scene, tmp_path):
    with pytest.raises(Passing, match="RENDER_SCRATCH"):
        await ChildCrew(children, children, tmp_path / "gone").edit(*one_scene)


@pytest.mark.parametrize(("edit", "error"), [(broken, ValueError), (killed, ChildDied)])
async def test_nothing_stays_on_disk_of_a_cut_that_failed(children, one_scene, tmp_path, monkeypatch, edit, error):
    monkeypatch.setattr(ports.crew, "edit", edit)
    with pytest.raises(error):
        await ChildCrew(children, children, tmp_path).edit(*one_scene)
    assert list(tmp_path.iterdir()) == []


async def test_nothing_stays_on_disk_of_a_cut_that_was_cancelled(children, one_scene, tmp_path, monkeypatch):
    monkeypatch.setattr(ports.crew, "edit", endless)
    cutting = asyncio.create_task(ChildCrew(children, children, tmp_path).edit(*one_scene))
    async with asyncio.timeout(20):
        while not list(tmp_path.iterdir()):  # noqa: ASYNC110 - made by another thread
            await asyncio.sleep(0.02)
    cutting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cutting
    assert list(tmp_path.iterdir()) == []


def test_a_film_that_got_no_music_warns_of_it():
    _, join = orders_of()
    assert warnings_of(join) == ()
    [warning] = warnings_of(join.model_copy(update={"music": None}))
    assert "no music" in warning
    _, quiet = orders_of(music=False)
    assert warnings_of(quiet.model_copy(update={"music": None})) == ()


def test_what_was_warned_of_when_the_script_was_read_is_told_with_the_film():
    _, join = orders_of()
    [warning] = warnings_of(join.model_copy(update={"warnings": ("prompt_narrated",)}))
    assert "the prompt itself is narrated" in warning


def test_signs_that_no_font_has_are_named():
    _, join = orders_of()
    [warning] = warnings_of(join.model_copy(update={"title": "A \U0001242f film"}))
    assert "\U0001242f" in warning


async def test_the_chunks_of_a_scene_are_planned_in_a_child_as_they_are_here(children):
    [order], _ = orders_of()
    assert await ChildCrew(children, children, None).plan(order) == order.chunks()
