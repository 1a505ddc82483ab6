"""`make screenshots`: every view at three widths in both themes, for people to look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from philo.stack import Endpoints
from tests.web.browser import opened, settled
from tests.web.conftest import Premiere
from tests.web.views import View, pressing, views
from tests.web.walking import sign_in, sign_up

pytestmark = [pytest.mark.web, pytest.mark.stack]
HERE = Path("screenshots")
COUNTED = """
const asked = window.fetch;
window.underWay = 0;
window.fetch = async (what, how) => {
    if (String(what).includes("/realtime/")) return asked(what, how);
    underWay += 1;
    return asked(what, how).finally(() => (underWay -= 1));
};
"""
"""A page knows what it still waits for, but for the stream, which never ends."""


async def shoot(page: Page, name: str) -> None:
    await page.wait_for_function("() => !underWay")
    await settled(page)
    await page.evaluate("scrollTo(0, 0)")
    await page.screenshot(path=HERE / f"{name}.png", full_page=True)


@pytest.fixture(autouse=True, scope="module")
def folder() -> None:
    HERE.mkdir(exist_ok=True)


async def shoot_all(page: Page, views: dict[str, View], mark: str) -> None:
    for name, view in views.items():
        await page.goto(view.place)
        await settled(page)
        if view.act:
            await view.act(page)
        await shoot(page, f"{name}-{mark}")


NEW = {
    "nothing": View("/#/"),
    "no-projects": View("/#/projects"),
    "no-uploads": View("/#/library"),
    "idea": View("/#/new", pressing(".paper .choice label:last-child")),
    "account": View("/#/usage", pressing(".top > .btn")),
}
"""What somebody sees who has come in for the first time."""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
async def test_every_view_is_shown(
    browser: Browser, studio: Endpoints, premiere: Premiere, width: int, theme: str
) -> None:
    async with opened(browser, studio.gateway, width=width, theme=theme) as window:
        page = window.page
        await page.add_init_script(COUNTED)
        await page.goto("/")
        await shoot(page, f"door-{width}-{theme}")
        await sign_in(page, premiere.email, premiere.password)
        await shoot_all(page, views(premiere), f"{width}-{theme}")


@pytest.mark.parametrize("width", [360, 1280])
async def test_every_view_is_shown_in_chinese(
    browser: Browser, studio: Endpoints, premiere: Premiere, width: int
) -> None:
    async with opened(browser, studio.gateway, width=width) as window:
        page = window.page
        await page.add_init_script(COUNTED)
        await sign_in(page, premiere.email, premiere.password)
        await page.evaluate("localStorage.setItem('philo.lang', 'zh')")
        await page.reload()
        await shoot_all(page, views(premiere), f"{width}-zh")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_what_is_empty_is_shown(browser: Browser, studio: Endpoints, width: int, theme: str) -> None:
    async with opened(browser, studio.gateway, width=width, theme=theme) as window:
        page = window.page
        await page.add_init_script(COUNTED)
        await sign_up(page)
        await shoot_all(page, NEW, f"{width}-{theme}")
