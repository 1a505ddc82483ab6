"""`make screenshots`: every view at three widths in both themes, for people to look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from philo.stack import Endpoints
from tests.web.browser import opened
from tests.web.conftest import Premiere
from tests.web.views import views
from tests.web.walking import sign_in

pytestmark = [pytest.mark.web, pytest.mark.stack]
HERE = Path("screenshots")
LOADED = "() => [...document.images].every((one) => one.complete) && !document.querySelector('[aria-busy=true]')"


async def shoot(page: Page, name: str) -> None:
    await page.wait_for_load_state("networkidle") if name.startswith("door") else await page.wait_for_function(LOADED)
    await page.wait_for_timeout(700)  # for what fades in
    await page.evaluate("scrollTo(0, 0)")
    await page.screenshot(path=HERE / f"{name}.png")


@pytest.fixture(autouse=True, scope="module")
def folder() -> None:
    HERE.mkdir(exist_ok=True)


async def shoot_all(page: Page, premiere: Premiere, mark: str) -> None:
    for name, view in views(premiere).items():
        await page.goto(view.place)
        await page.wait_for_function(LOADED)
        if view.act:
            await view.act(page)
        await shoot(page, f"{name}-{mark}")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
async def test_every_view_is_shown(
    browser: Browser, studio: Endpoints, premiere: Premiere, width: int, theme: str
) -> None:
    async with opened(browser, studio.gateway, width=width, theme=theme) as window:
        page = window.page
        await page.goto("/")
        await shoot(page, f"door-{width}-{theme}")
        await sign_in(page, premiere.email, premiere.password)
        await shoot_all(page, premiere, f"{width}-{theme}")


@pytest.mark.parametrize("width", [360, 1280])
async def test_every_view_is_shown_in_chinese(
    browser: Browser, studio: Endpoints, premiere: Premiere, width: int
) -> None:
    async with opened(browser, studio.gateway, width=width) as window:
        page = window.page
        await sign_in(page, premiere.email, premiere.password)
        await page.evaluate("localStorage.setItem('philo.lang', 'zh')")
        await page.reload()
        await shoot_all(page, premiere, f"{width}-zh")
