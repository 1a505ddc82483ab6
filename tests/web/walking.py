"""Ways through the studio, as a person goes them: by the words on the page."""

from __future__ import annotations

import secrets

from playwright.async_api import Page, expect

AMID = """() => {
    const video = document.querySelector("video");
    return video && !video.paused && video.currentTime > 0.5;
}"""


async def sign_up(page: Page) -> None:
    name = f"web-{secrets.token_hex(4)}"
    await page.goto("/")
    await page.get_by_role("link", name="Create one").click()
    await page.get_by_label("Username").fill(name)
    await page.get_by_label("Email").fill(f"{name}@philo.example")
    await page.get_by_label("Password", exact=True).fill(secrets.token_urlsafe(18))
    await page.get_by_role("button", name="Make an account").click()
    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()


async def sign_in(page: Page, email: str, password: str) -> None:
    await page.goto("/")
    await page.get_by_role("textbox", name="Email").fill(email)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("button", name="Account")).to_be_visible()


async def write(page: Page, script: str) -> None:
    """The smallest film that is still one, as far as the estimate."""
    await page.goto("/#/new")
    await page.get_by_label("Script", exact=True).and_(page.locator("textarea")).fill(script)
    await page.get_by_text("480p").click()
    await page.get_by_label("Music").select_option("none")
    await expect(page.get_by_role("definition").first).not_to_have_text("–")


async def play(page: Page) -> None:
    """Until it moves."""
    await page.get_by_role("button", name="Play", exact=True).last.click()
    await page.wait_for_function(AMID)
