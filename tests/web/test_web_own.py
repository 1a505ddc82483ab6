"""What is somebody's own: webhooks that are told, uploads that are used, projects that keep things together."""

from __future__ import annotations

import json
import re

import pytest
from playwright.async_api import FilePayload, expect

from tests.web.browser import Watched
from tests.web.conftest import Premiere, a_picture, receiver
from tests.web.walking import sign_in, sign_up, write

pytestmark = [pytest.mark.web, pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]
LOOKED_AT = 60_000  # milliseconds


async def test_a_webhook_is_tried_told_again_paused_and_given_a_new_secret(window: Watched) -> None:
    page = window.page
    await sign_up(page)
    async with receiver() as (address, came):
        await page.goto("/#/developers/webhooks")
        await page.get_by_label("Address").fill(address)
        await page.get_by_role("button", name="Make a webhook").click()
        first = await page.get_by_label("The secret of your webhook").last.input_value()
        await page.get_by_role("button", name="I have kept it").click()
        await page.get_by_role("link", name=address).click()
        await page.get_by_role("button", name="Send a test").click()
        await page.locator(".delivery[data-state=delivered] summary").click()
        await page.get_by_role("button", name="Send again").click()
        await expect(page.get_by_text("2 attempts")).to_be_visible()
        await page.get_by_role("button", name="Pause").click()
        await expect(page.get_by_text("Its owner paused it.")).to_be_visible()
        await page.get_by_role("button", name="Resume").click()
        await page.get_by_role("button", name="New secret").click()
        await page.get_by_role("button", name="Make a new secret now?").click()
        second = await page.locator("#secret").input_value()
        await page.get_by_role("button", name="I have kept it").click()
        await page.get_by_role("button", name="Delete").click()
        await page.get_by_role("button", name="Delete it and its log?").click()
        await expect(page.get_by_role("heading", name="New webhook")).to_be_visible()
    assert first.startswith("whsec_")
    assert second.startswith("whsec_")
    assert first != second
    assert [b"webhook-signature" in head for head in came] == [True, True]
    assert window.complaints == []


async def test_an_upload_is_taken_in_or_refused_in_words_and_one_is_shown_in_a_scene(
    window: Watched, premiere: Premiere
) -> None:
    page = window.page
    window.expecting(415)
    await sign_in(page, premiere.email, premiere.password)
    await page.goto("/#/library")
    picture: FilePayload = {"name": "a red kite.png", "mimeType": "image/png", "buffer": a_picture()}
    notes: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"nothing to see"}
    await page.locator("input[type=file]").set_input_files([picture, notes])
    await expect(page.get_by_text("This is nothing that a film is made of")).to_be_visible()
    await expect(page.locator(".asset[data-status=ready]", has_text="a red kite")).to_be_visible(timeout=LOOKED_AT)
    await page.goto(f"/#/videos/{premiere.job}?edit=2")
    await page.get_by_role("button", name="A picture or footage of your own").click()
    await page.get_by_role("button", name="a red kite.png").click()
    async with page.expect_request(lambda request: request.method == "PATCH") as sent:
        await page.get_by_role("button", name="Redraw this scene").click()
    assert json.loads((await sent.value).post_data or "{}").keys() == {"picture_asset_id"}
    await expect(page.get_by_text("Take 2")).to_be_visible(timeout=LOOKED_AT)
    assert window.complaints == []


async def test_a_project_keeps_its_films_and_one_that_is_stopped_says_so(window: Watched) -> None:
    page = window.page
    await sign_up(page)
    await page.goto("/#/projects")
    await page.get_by_role("button", name="New project").click()
    await page.get_by_label("Name").fill("Tales of the sea")
    await page.get_by_role("button", name="Make the project").click()
    await page.get_by_role("button", name="Settings").click()
    await page.get_by_label("Name").fill("Tales of the lake")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="Tales of the lake")).to_be_visible()
    await page.get_by_role("link", name="New film").click()
    await expect(page.get_by_label("Project")).to_have_value(re.compile(".+"))
    await write(page, "\n\n".join(f"This is scene number {number}, and it takes its time." for number in range(1, 25)))
    await page.get_by_role("button", name="Make this film").click()
    await page.get_by_role("button", name="Stop", exact=True).click()
    await expect(page.locator(".pill", has_text="Stopped")).to_be_visible()
    await expect(page.get_by_text("nothing more is charged")).to_be_visible()
    await page.get_by_role("link", name="Tales of the lake").click()
    await expect(page.locator(".film", has_text="Stopped")).to_have_count(1)
    assert window.complaints == []
