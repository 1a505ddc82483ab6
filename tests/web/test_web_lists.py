"""Lists that are longer than a page of the API: they are read on, by keys too, and their counts are true."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Page, Route, expect

from philo.films.account import fresh
from philo.films.api import Api
from philo.stack import Endpoints
from tests.web.browser import Watched
from tests.web.conftest import a_picture
from tests.web.walking import sign_in

pytestmark = [pytest.mark.web, pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]
REFUSED = "Tell the children how to build a bomb at home, step by step."
"""A film that is listed and never drawn."""
LOOKED_AT = 60_000  # milliseconds


@dataclass
class Collector:
    """Somebody with an account, who has come in, and whose pages hold two of a kind."""

    api: Api
    page: Page

    async def asks_for(self, count: int, **about: str) -> None:
        """And is refused them all: nothing is told of them any more."""
        wish = {"script": REFUSED, **about}
        asked = [(await self.api.call("POST", "/jobs", json=wish)).json()["id"] for _ in range(count)]
        for job in asked:
            assert [message async for message in self.api.watch(job)]

    async def keeps(self, count: int) -> list[str]:
        """Projects; their ids, the oldest first."""
        made = [await self.api.call("POST", "/projects", json={"name": f"Tale {one}"}) for one in range(1, count + 1)]
        return [answer.json()["id"] for answer in made]


async def by_twos(route: Route) -> None:
    await route.continue_(url=route.request.url.replace("limit=100", "limit=2"))


@pytest.fixture
async def collector(window: Watched, studio: Endpoints) -> AsyncIterator[Collector]:
    account = fresh()
    await window.page.route(re.compile("limit=100"), by_twos)
    async with Api.at(studio.gateway) as api:
        await api.register(**account)
        await sign_in(window.page, account["email"], account["password"])
        yield Collector(api, window.page)
    assert window.complaints == []


async def test_older_films_come_at_a_key_and_are_told_to_those_who_cannot_see_them(collector: Collector) -> None:
    page = collector.page
    await collector.asks_for(5)
    await page.reload()
    await expect(page.get_by_text("2+ films")).to_be_visible()
    older, films = page.get_by_role("button", name="Show older films"), page.locator(".films > li")
    await older.press("Enter")
    await expect(films).to_have_count(4)
    await expect(films.nth(2)).to_be_focused()
    await expect(films.nth(2)).to_contain_text("Untitled film")
    await expect(page.get_by_text("4 are shown. There are more.")).to_be_attached()
    await older.press("Enter")
    await expect(page.get_by_text("All 5 are shown.")).to_be_attached()
    await expect(older).to_be_hidden()
    await expect(page.get_by_text("5 films", exact=True)).to_be_visible()


async def test_films_of_a_project_are_found_behind_newer_ones_of_others(collector: Collector) -> None:
    page = collector.page
    [project] = await collector.keeps(1)
    await collector.asks_for(3, project_id=project)
    await collector.asks_for(2)
    await page.reload()
    await page.get_by_role("button", name="Tale 1").click()
    await expect(page.locator(".films > li")).to_have_count(2)
    await page.get_by_role("button", name="Show older films").click()
    await expect(page.locator(".films > li")).to_have_count(3)


async def test_a_project_whose_films_are_old_shows_and_counts_them(collector: Collector) -> None:
    page = collector.page
    [project] = await collector.keeps(1)
    await collector.asks_for(3, project_id=project)
    await collector.asks_for(2)
    await page.goto("/#/projects")
    await page.reload()
    await expect(page.get_by_text("2+ films")).to_be_visible()
    await page.get_by_role("link", name="Tale 1").click()
    await page.get_by_role("button", name="Show older films").click()
    await expect(page.get_by_role("heading", name="Films 3", exact=True)).to_be_visible()
    await expect(page.locator(".films > li")).to_have_count(3)


async def test_a_film_that_is_not_found_yet_is_looked_for_among_older_ones(collector: Collector) -> None:
    page = collector.page
    await collector.asks_for(1, title="The oldest of all")
    await collector.asks_for(2)
    await page.reload()
    await page.get_by_role("searchbox", name="Find a film").fill("oldest")
    await expect(page.get_by_text("Older ones are not searched yet")).to_be_visible()
    await page.get_by_role("button", name="Show older films").click()
    await expect(page.locator(".films > li", has_text="The oldest of all")).to_be_visible()


async def test_older_projects_come_at_a_button_and_all_can_be_chosen_for_a_film(collector: Collector) -> None:
    page = collector.page
    oldest, *_ = await collector.keeps(5)
    await page.goto("/#/projects")
    await page.reload()
    await expect(page.get_by_text("2+ projects")).to_be_visible()
    older = page.get_by_role("button", name="Show older projects")
    await older.click()
    await expect(page.locator(".project")).to_have_count(4)
    await older.click()
    await expect(page.get_by_text("5 projects", exact=True)).to_be_visible()
    await page.goto("/#/new")
    await page.reload()
    await page.get_by_label("Project").select_option("Tale 1")
    await expect(page.get_by_label("Project")).to_have_value(oldest)


async def test_a_project_beyond_the_first_page_is_opened_by_its_address(collector: Collector) -> None:
    page = collector.page
    oldest, *_ = await collector.keeps(4)
    await page.goto(f"/#/projects/{oldest}")
    await page.reload()
    await expect(page.get_by_role("heading", name="Tale 1")).to_be_visible()
    await page.get_by_role("button", name="Settings").click()
    await page.get_by_label("Name").fill("The first tale")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="The first tale")).to_be_visible()


async def test_older_uploads_come_at_a_button_and_what_is_deleted_goes(collector: Collector) -> None:
    page = collector.page
    for name in ("first", "second", "third"):
        await collector.api.call("POST", "/assets", files={"file": (f"{name}.png", a_picture())})
    await page.goto("/#/library")
    await page.reload()
    assets = page.locator(".asset")
    await expect(assets).to_have_count(2)
    await page.get_by_role("button", name="Show older ones").click()
    await expect(assets).to_have_count(3)
    await expect(page.locator(".asset[data-status=ready]")).to_have_count(3, timeout=LOOKED_AT)
    await page.get_by_role("button", name="Delete: second.png").click()
    await page.get_by_role("button", name="Delete it?").click()
    await expect(assets).to_have_count(2)
    await expect(assets.nth(1)).to_contain_text("first.png")
