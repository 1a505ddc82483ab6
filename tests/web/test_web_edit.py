"""A scene is made otherwise and back again, and the past is looked at."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.browser import Watched, settled
from tests.web.conftest import Premiere
from tests.web.walking import sign_in

pytestmark = [pytest.mark.web, pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]
MADE = 120_000  # milliseconds
PLACE = "(one) => one.getBoundingClientRect().top + scrollY"


async def test_only_the_scene_that_was_changed_is_redrawn_and_its_first_take_comes_back(
    window: Watched, premiere: Premiere
) -> None:
    page = window.page
    await sign_in(page, premiere.email, premiere.password)
    await page.goto(f"/#/videos/{premiere.job}?edit=1")
    await page.get_by_label("Picture", exact=True).fill("A red tractor on a hill, a barn, hens")
    await page.get_by_role("button", name="Redraw this scene").click()
    await expect(page.get_by_text("Redrawing scene 1")).to_be_visible()
    await expect(page.get_by_text("Take 2")).to_be_visible(timeout=MADE)
    await page.get_by_role("button", name="Use this take: Take 1").click()
    await expect(page.get_by_text("Take 3")).to_be_visible(timeout=MADE)
    await page.keyboard.press("Escape")
    await expect(page.locator(".scene .pill", has_text="Take")).to_have_count(1)
    assert window.complaints == []


async def test_the_log_gives_each_event_a_line(window: Watched, premiere: Premiere) -> None:
    page = window.page
    await sign_in(page, premiere.email, premiere.password)
    await page.goto(f"/#/videos/{premiere.job}?tab=log")
    await expect(page.locator(".log")).to_contain_text("JobCompleted")
    lines = (await page.locator(".log").inner_text()).splitlines()
    assert [line.split()[1] for line in lines[:2]] == ["JobRequested", "JobQueued"]
    assert len(lines) == await page.locator(".log > span").count()


@pytest.mark.parametrize("width", [360, 768, 1280])
async def test_looking_at_the_past_moves_nothing_under_the_pointer(
    window: Watched, premiere: Premiere, width: int
) -> None:
    page = window.page
    await page.set_viewport_size({"width": width, "height": 860})
    await sign_in(page, premiere.email, premiere.password)
    await page.goto(f"/#/videos/{premiere.job}?tab=events&at=9")
    await expect(page.get_by_text("You are looking at the past")).to_be_visible()
    await settled(page)
    event = page.get_by_role("button", name="The script is read")
    before = await event.evaluate(PLACE)
    await event.click()
    await expect(event).to_have_attribute("aria-current", "true")
    await settled(page)
    assert await event.evaluate(PLACE) == before


async def test_the_page_shows_the_film_as_it_was_at_an_event(window: Watched, premiere: Premiere) -> None:
    page = window.page
    await sign_in(page, premiere.email, premiere.password)
    await page.goto(f"/#/videos/{premiere.job}?tab=events")
    await page.get_by_role("button", name="The script is read").click()
    await expect(page.get_by_text("You are looking at the past")).to_be_visible()
    await expect(page.locator(".pill", has_text="Being made")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator(".pill", has_text="Ready")).to_be_visible()
    assert window.complaints == []
