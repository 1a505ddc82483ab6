"""From nobody to a film that plays, in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.web.browser import Watched
from tests.web.conftest import SCRIPT
from tests.web.walking import play, sign_up, write

pytestmark = [pytest.mark.web, pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]
MADE = 180_000  # milliseconds


async def test_a_film_is_written_watched_while_it_is_made_and_played(window: Watched) -> None:
    page = window.page
    await sign_up(page)
    await write(page, SCRIPT)
    await page.get_by_role("button", name="Make this film").click()
    await expect(page.locator(".pill", has_text=re.compile("Being made|queue|Checking|Starting"))).to_be_visible()
    await expect(page.locator(".scene")).not_to_have_count(0, timeout=MADE)
    await expect(page.locator(".pill", has_text="Ready")).to_be_visible(timeout=MADE)
    await play(page)
    await expect(page.get_by_role("button", name="Download")).to_be_visible()
    assert not await page.evaluate("document.querySelector('video').error")
    assert window.strangers == []
    assert window.complaints == []


async def test_the_first_scene_plays_before_the_film_is_done(window: Watched) -> None:
    page = window.page
    await sign_up(page)
    await write(page, "\n\n".join(f"This is scene number {number}, and it takes its time." for number in range(1, 6)))
    await page.get_by_role("button", name="Make this film").click()
    await expect(page.locator(".bigplay")).to_be_visible(timeout=MADE)
    await play(page)
    assert await page.locator(".pill", has_text="Being made").count() == 1
    assert window.complaints == []


async def test_a_reload_brings_back_who_is_here_and_the_same_film(window: Watched) -> None:
    page = window.page
    await sign_up(page)
    await write(page, SCRIPT)
    await page.reload()
    await expect(page.locator("textarea")).to_have_value(SCRIPT)
    await expect(page.get_by_role("button", name="Account")).to_be_visible()


async def test_a_lost_connection_is_told_and_comes_back_by_itself(window: Watched) -> None:
    page = window.page
    await sign_up(page)
    await write(page, SCRIPT)
    await page.get_by_role("button", name="Make this film").click()
    await expect(page.locator(".making")).to_be_visible()
    await page.route("**/realtime/events", lambda route: route.abort())
    await page.reload()
    await expect(page.get_by_text("Connection lost")).to_be_visible()
    await page.unroute("**/realtime/events")
    await expect(page.get_by_text("Connection lost")).to_be_hidden(timeout=60_000)
    await expect(page.locator(".pill", has_text="Ready")).to_be_visible(timeout=MADE)
