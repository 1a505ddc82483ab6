"""Two windows of one browser: what one does the other shows, over one connection; and who leaves one leaves both."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, Request, expect

from tests.web.browser import Watched
from tests.web.conftest import Premiere
from tests.web.walking import sign_in

pytestmark = [pytest.mark.web, pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]
MADE = 120_000  # milliseconds


async def beside(window: Watched, place: str) -> Page:
    """Another window of the same browser."""
    page = await window.page.context.new_page()
    await page.goto(place)
    await expect(page.get_by_role("heading").first).to_be_visible()
    return page


async def test_what_one_window_does_the_other_shows_also_when_the_first_is_closed(
    window: Watched, premiere: Premiere
) -> None:
    page, streams = window.page, list[str]()

    def count(request: Request) -> None:
        if request.url.endswith("/realtime/events"):
            streams.append(request.url)

    page.context.on("request", count)
    await sign_in(page, premiere.email, premiere.password)
    await page.goto(f"/#/videos/{premiere.job}?edit=3")
    other = await beside(window, f"/#/videos/{premiere.job}?edit=3")
    await other.get_by_label("Spoken words").fill("Words that are not sent yet.")
    await page.get_by_label("Picture", exact=True).fill("A lighthouse, a storm, waves")
    await page.get_by_role("button", name="Redraw this scene").click()
    await expect(other.get_by_text("Redrawing scene 3")).to_be_visible()
    assert len(streams) == 1
    await page.close()
    await expect(other.get_by_text("This scene was changed meanwhile")).to_be_visible(timeout=MADE)
    await expect(other.get_by_label("Spoken words")).to_have_value("Words that are not sent yet.")
    assert len(streams) == 2


async def test_a_project_made_in_one_window_is_in_the_other(window: Watched, premiere: Premiere) -> None:
    page = window.page
    await sign_in(page, premiere.email, premiere.password)
    await page.goto("/#/projects")
    other = await beside(window, "/#/projects")
    await page.get_by_role("button", name="New project").click()
    await page.get_by_label("Name").fill("Made in the first window")
    await page.get_by_role("button", name="Make the project").click()
    await expect(other.get_by_role("link", name="Made in the first window")).to_be_visible()


async def test_who_signs_out_in_one_window_is_told_so_in_the_other(window: Watched, premiere: Premiere) -> None:
    page = window.page
    await sign_in(page, premiere.email, premiere.password)
    other = await beside(window, "/#/usage")
    await other.get_by_role("button", name="Account").click()
    await other.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_text("You signed out in another window.")).to_be_visible()
