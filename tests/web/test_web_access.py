"""Nobody is kept out: no serious finding of axe on any view, in both themes, and no sideways scrolling on a phone."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from philo.stack import Endpoints
from tests.filming import elsewhere
from tests.web.browser import Watched, opened, running, settled
from tests.web.conftest import Premiere
from tests.web.views import views
from tests.web.walking import sign_in

pytestmark = [pytest.mark.web, pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]
GRAVE = {"serious", "critical"}
WIDE = 1280
NARROW = (360, 768)
EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = EVERYTHING | {"runOnly": ["color-contrast"]}
"""All that can be otherwise in the dark."""
PIXELS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Walk:
    """What was found on a way through every view."""

    light: dict[str, list[str]] = field(default_factory=dict)
    dark: dict[str, list[str]] = field(default_factory=dict)
    sideways: dict[tuple[str, int], int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


async def grave(page: Page, options: dict[str, list[str]] = EVERYTHING) -> list[str]:
    """What axe finds that keeps somebody out, with the elements."""
    await settled(page)
    found = (await Axe().run(page, options=options)).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in GRAVE]


async def look(page: Page, walk: Walk, name: str) -> None:
    """At one view, in both themes and at the widths of phones and tablets."""
    await expect(page.get_by_role("heading").first).to_be_visible()
    walk.light[name] = await grave(page)
    await page.emulate_media(color_scheme="dark")
    walk.dark[name] = await grave(page, COLOURS)
    for width in NARROW:
        await page.set_viewport_size({"width": width, "height": 860})
        walk.sideways[name, width] = await page.evaluate(PIXELS)
    await page.set_viewport_size({"width": WIDE, "height": 860})
    await page.emulate_media(color_scheme="light")


async def everywhere(window: Watched, premiere: Premiere) -> Walk:
    page, walk = window.page, Walk()
    window.expecting(404)  # the film that there is not
    await page.goto("/")
    await look(page, walk, "door")
    await sign_in(page, premiere.email, premiere.password)
    for name, view in views(premiere).items():
        await page.goto(view.place)
        await expect(page.get_by_role("heading").first).to_be_visible()
        if view.act:
            await view.act(page)
        await look(page, walk, name)
    walk.complaints, walk.strangers = window.complaints, window.strangers
    return walk


@pytest.fixture(scope="module")
def walk(engine_of_the_browser: str, studio: Endpoints, premiere: Premiere) -> Walk:
    """Made once: each test below asks one thing of it."""

    async def go() -> Walk:
        async with running(engine_of_the_browser) as browser, opened(browser, studio.gateway) as window:
            return await everywhere(window, premiere)

    return elsewhere(go)


def test_no_view_keeps_anybody_out(walk: Walk) -> None:
    assert {view: what for view, what in walk.light.items() if what} == {}


def test_no_view_keeps_anybody_out_in_the_dark(walk: Walk) -> None:
    assert {view: what for view, what in walk.dark.items() if what} == {}


def test_no_view_scrolls_sideways(walk: Walk) -> None:
    assert {where: pixels for where, pixels in walk.sideways.items() if pixels > 0} == {}


def test_no_view_complains_or_asks_another_origin(walk: Walk) -> None:
    assert (walk.complaints, walk.strangers) == ([], [])


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/asyncapi"])
async def test_a_page_of_the_api_complains_of_nothing_and_asks_no_other_origin(window: Watched, path: str) -> None:
    await window.page.goto(path)
    known = "JobCompleted" if path == "/asyncapi" else "webhooks"
    await expect(window.page.get_by_text(known).first).to_be_attached()
    await window.page.wait_for_load_state("networkidle")
    assert (window.complaints, window.strangers) == ([], [])
