"""Pages continue where they ended, and a cursor that was changed is refused."""

from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_kernel.http.app import application
from philo_kernel.http.pages import Page, PageRequest, opened, page, page_request, sealed
from philo_kernel.http.problems import Unprocessable

ROWS = [(f"2026-01-{day:02}", day) for day in range(31, 0, -1)]
router = APIRouter()


@router.get("/days")
async def days(wanted: Annotated[PageRequest, Depends(page_request)]) -> Page[int]:
    rows = [row for row in ROWS if wanted.after is None or row < wanted.after][wanted.skip :][: wanted.fetch]
    return page(rows, wanted, place=lambda row: row, shown=lambda row: row[1])


def client() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(application("days", "1", router, checks={}))
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_pages_cover_everything_once_in_order():
    seen, cursor = [], None
    async with client() as asking:
        while True:
            answer = (await asking.get("/days", params={"limit": 7, **({"cursor": cursor} if cursor else {})})).json()
            seen += answer["items"]
            if (cursor := answer["next_cursor"]) is None:
                break
    assert seen == [day for _, day in ROWS]


async def test_a_list_that_just_fits_has_no_next_page():
    async with client() as asking:
        assert (await asking.get("/days?limit=31")).json()["next_cursor"] is None


async def test_skip_and_take_work_too():
    async with client() as asking:
        assert (await asking.get("/days?skip=2&take=2")).json()["items"] == [29, 28]


async def test_fifty_are_shown_unless_said_otherwise():
    assert page_request().limit == 50


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "take=0", "skip=-1", "cursor=abc", "cursor=ä", "cursor=!"]
)
async def test_what_is_out_of_bounds_is_refused(query):
    async with client() as asking:
        answer = await asking.get(f"/days?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"query/{query.split('=')[0]}"


@settings(max_examples=50)
@given(place=st.tuples(st.text(max_size=20), st.integers(-(2**53), 2**53)), data=st.data())
def test_a_cursor_opens_to_its_place_and_any_change_is_noticed(place, data):
    cursor = sealed(place)
    assert opened(cursor) == place
    assert cursor.replace("-", "").replace("_", "").isalnum()
    where = data.draw(st.integers(0, len(cursor) - 1))
    other = data.draw(st.sampled_from("ABCabc012_-").filter(lambda letter: letter != cursor[where]))
    with pytest.raises(Unprocessable):
        opened(cursor[:where] + other + cursor[where + 1 :])


@pytest.mark.parametrize("place", [5, None, {"a": 1}, [[1]], [None]])
def test_a_cursor_that_somebody_made_up_is_refused(place):
    with pytest.raises(Unprocessable):
        opened(sealed(place))
