"""How films end: with files to keep, or broken and tried again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from philo.stack import Endpoints
from tests.e2e.test_e2e_retry import FAULT, breaks
from tests.web.browser import Watched
from tests.web.conftest import Premiere
from tests.web.walking import sign_in, sign_up, write

pytestmark = [pytest.mark.web, pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]
MADE = 120_000  # milliseconds


async def kept(page: Page, name: str, folder: Path) -> bytes:
    """The file that a button of the menu hands over."""
    async with page.expect_download() as download:
        await page.get_by_role("button", name=name).click()
    path = folder / (await download.value).suggested_filename
    await (await download.value).save_as(path)
    return path.read_bytes()


async def test_the_film_its_subtitles_and_another_form_of_it_are_downloaded(
    window: Watched, premiere: Premiere, tmp_path: Path
) -> None:
    page = window.page
    await sign_in(page, premiere.email, premiere.password)
    await page.goto(f"/#/videos/{premiere.job}")
    menu = page.get_by_role("button", name="Download", exact=True)
    found = {}
    for name in ("Film, MP4", "Subtitles, SRT", "Subtitles, VTT"):
        await menu.click()
        found[name] = await kept(page, name, tmp_path)
    assert found["Film, MP4"][4:8] == b"ftyp"
    assert b" --> " in found["Subtitles, SRT"]
    assert found["Subtitles, VTT"].startswith(b"WEBVTT")
    await menu.click()
    await page.get_by_role("button", name="WebM or GIF").click()
    await page.get_by_text("GIF", exact=True).click()
    await page.get_by_role("button", name="Make the file").click()
    await expect(page.get_by_text("The file is ready.")).to_be_visible(timeout=MADE)
    assert (await kept(page, "Download the file", tmp_path)).startswith(b"GIF8")
    assert (window.complaints, window.strangers) == ([], [])


async def test_a_film_that_breaks_says_why_and_goes_on_when_it_is_tried_again(
    window: Watched, studio: Endpoints
) -> None:
    page = window.page
    await sign_up(page)
    await write(page, "\n\n".join(f"This is scene number {number}, and it takes its time." for number in range(1, 5)))
    await page.get_by_role("button", name="Make this film").click()
    await expect(page.locator(".scene")).not_to_have_count(0, timeout=MADE)
    await breaks(studio, page.url.rpartition("/")[2])
    await expect(page.get_by_role("heading", name="This film could not be finished")).to_be_visible()
    await expect(page.get_by_text(FAULT.message)).to_be_visible()
    await page.get_by_role("button", name="Try again").click()
    await expect(page.locator(".pill", has_text="Ready")).to_be_visible(timeout=MADE)
    assert window.complaints == []
