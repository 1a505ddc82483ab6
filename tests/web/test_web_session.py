"""A token that expires while the page is open is renewed without loss; a session that has ended says so."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, Route, expect

from tests.web.browser import Watched
from tests.web.conftest import SCRIPT, Premiere
from tests.web.walking import sign_in, write

pytestmark = [pytest.mark.web, pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]
HALF_AN_HOUR = 30 * 60 * 1000  # milliseconds, which is how long a token lasts
RENEWAL = "**/api/v1/auth/session/refresh"


async def is_still_written(page: Page) -> None:
    await expect(page.locator("textarea#text")).to_have_value(SCRIPT)


async def test_a_token_is_renewed_before_it_ends(window: Watched, premiere: Premiere) -> None:
    page = window.page
    await page.clock.install()
    await sign_in(page, premiere.email, premiere.password)
    await write(page, SCRIPT)
    async with page.expect_response(RENEWAL) as renewed:
        await page.clock.fast_forward(HALF_AN_HOUR)
    assert (await renewed.value).status == 200
    await is_still_written(page)
    assert window.complaints == []


async def test_a_token_that_is_not_taken_any_more_is_renewed_and_nothing_is_lost(
    window: Watched, premiere: Premiere
) -> None:
    page, spoilt = window.page, list[str]()

    async def spoil(route: Route) -> None:
        """The first request comes with a token that has expired; the server says what it thinks of it."""
        headers = route.request.headers
        if not spoilt:
            headers |= {"authorization": "Bearer expired"}
        spoilt.append(route.request.url)
        await route.continue_(headers=headers)

    window.expecting(401)
    await sign_in(page, premiere.email, premiere.password)
    await page.route("**/api/v1/jobs/estimate", spoil)
    await write(page, SCRIPT)
    assert len(spoilt) > 1
    await is_still_written(page)
    assert window.complaints == []


async def test_a_session_that_has_ended_says_so_and_what_was_written_is_there_after_it(
    window: Watched, premiere: Premiere
) -> None:
    page = window.page
    window.expecting(401)
    await page.clock.install()
    await sign_in(page, premiere.email, premiere.password)
    await write(page, SCRIPT)
    await page.context.clear_cookies()
    await page.clock.fast_forward(HALF_AN_HOUR)
    await expect(page.get_by_role("alert")).to_contain_text("Your session has ended")
    await page.get_by_role("textbox", name="Email").fill(premiere.email)
    await page.get_by_label("Password", exact=True).fill(premiere.password)
    await page.get_by_role("button", name="Sign in").click()
    await is_still_written(page)
    assert window.complaints == []
