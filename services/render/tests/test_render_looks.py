"""The looks there are, as a client sees them."""

import asyncio

import cv2
import httpx
import numpy as np
import pytest
from render_world import Shelf

from philo_kernel.http.app import application
from philo_kernel.objects import StoreAway
from philo_render import api, crew
from philo_render.exhibition import Exhibition
from philo_render.pictures import all_looks
from philo_render.ports import Ports
from philo_render.providers.fallback import Fallback
from philo_render.reporter import Reporter


class Painter:
    """Draws samples without drawing."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    async def sample(self, look: str) -> bytes:
        self.drawn.append(look)
        await asyncio.sleep(0)
        return b"\xff\xd8 " + look.encode()


class Away(Shelf):
    async def get(self, key: str) -> bytes:
        raise StoreAway("The object store does not answer.")


@pytest.fixture
def painter() -> Painter:
    return Painter()


def a_client(painter: Painter, shelf: Shelf) -> httpx.AsyncClient:
    app = application("render", "0", api.router, checks={})
    app.state.exhibition = Exhibition(Ports(painter, shelf, Reporter(), Fallback({})))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://philo")


@pytest.fixture
async def client(painter):
    async with a_client(painter, Shelf()) as client:
        yield client


async def test_every_look_is_listed_with_what_one_chooses_by(client):
    items = (await client.get("/api/v1/looks")).json()["items"]
    assert {item["id"] for item in items} == set(all_looks())
    [ink] = [item for item in items if item["id"] == "ink"]
    assert ink == {
        "id": "ink",
        "name": "Ink",
        "description": "Brush and wash on rice paper",
        "sample_url": "/api/v1/looks/ink/sample",
    }


async def test_a_sample_is_where_the_list_says_and_drawn_once(client, painter):
    url = (await client.get("/api/v1/looks")).json()["items"][0]["sample_url"]
    answers = await asyncio.gather(*(client.get(url) for _ in range(4)))
    assert {(answer.status_code, answer.headers["content-type"]) for answer in answers} == {(200, "image/jpeg")}
    assert len(painter.drawn) == 1


async def test_a_look_that_there_is_not_has_no_sample(client):
    answer = await client.get("/api/v1/looks/none/sample")
    assert (answer.status_code, "GET /api/v1/looks" in answer.json()["detail"]) == (404, True)


async def test_without_the_store_one_is_asked_to_come_back(painter):
    async with a_client(painter, Away()) as client:
        answer = await client.get("/api/v1/looks/ink/sample")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


@pytest.mark.heavy
def test_a_sample_is_a_picture():
    pixels = cv2.imdecode(np.frombuffer(crew.sample("paper"), np.uint8), cv2.IMREAD_COLOR)
    assert pixels.shape == (360, 640, 3)
