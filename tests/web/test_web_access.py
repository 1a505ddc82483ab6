"""Nobody is kept out: no serious finding of axe on any view, in both themes, and no sideways scrolling on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from philo.stack import Endpoints
from tests.web.browser import opened
from tests.web.conftest import Premiere
from tests.web.walking import sign_in

pytestmark = [pytest.mark.web, pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]
GRAVE = {"serious", "critical"}
SETTLED = """() => document.getAnimations().every(
    (one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity
)"""


def views(premiere: Premiere) -> list[str]:
    film = f"/#/videos/{premiere.job}"
    return ["/#/", "/#/new", film, f"{film}?tab=events", f"{film}?edit=1", f"{film}?at=5", "/#/usage", "/#/developers"]


async def grave(page: Page) -> list[str]:
    """What axe finds that keeps somebody out, with the elements."""
    await page.wait_for_function(SETTLED)
    found = (await Axe().run(page)).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in GRAVE]


async def sideways(page: Page) -> int:
    """Pixels that the page is wider than the window."""
    wide: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_no_view_keeps_anybody_out(browser: Browser, studio: Endpoints, premiere: Premiere, theme: str) -> None:
    async with opened(browser, studio.gateway, theme=theme) as window:
        page = window.page
        await page.goto("/")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        found = {"/": await grave(page)}
        await sign_in(page, premiere.email, premiere.password)
        for view in views(premiere):
            await page.goto(view)
            await expect(page.get_by_role("heading").first).to_be_visible()
            found[view] = await grave(page)
    assert {view: what for view, what in found.items() if what} == {}


@pytest.mark.parametrize("width", [360, 820])
async def test_no_view_scrolls_sideways(browser: Browser, studio: Endpoints, premiere: Premiere, width: int) -> None:
    async with opened(browser, studio.gateway, width=width) as window:
        page = window.page
        await page.goto("/")
        wide = {"/": await sideways(page)}
        await sign_in(page, premiere.email, premiere.password)
        for view in views(premiere):
            await page.goto(view)
            await expect(page.get_by_role("heading").first).to_be_visible()
            wide[view] = await sideways(page)
    assert {view: pixels for view, pixels in wide.items() if pixels > 0} == {}
