"""The page speaks the reader's language, also where a name comes from the server."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.browser import Watched
from tests.web.walking import sign_up

pytestmark = [pytest.mark.web, pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]


async def test_a_synthetic_voice_is_called_by_its_language_in_the_words_of_the_reader(window: Watched) -> None:
    page = window.page
    await sign_up(page)
    await page.goto("/#/new?sample=1")
    await page.get_by_label("Language", exact=True).select_option("zh")
    voice = page.locator(".speaker", has_text="synthetic").first
    await expect(voice).to_contain_text("Chinese")
    await page.evaluate("localStorage.setItem('philo.lang', 'zh')")
    await page.reload()
    await expect(page.locator(".speaker", has_text="合成").first).to_contain_text("中文")
    assert window.complaints == []
