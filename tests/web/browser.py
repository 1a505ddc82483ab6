"""A browser that is on this machine, and what a page did in it that it should not have done."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",  # in a container it runs as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
SETTLED = """() => !document.querySelector("[aria-busy=true]")
    && [...document.images].every((one) => one.complete)
    && document.getAnimations().every(
        (one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity
    )"""
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""A change of theme begins its transitions with the next frame: before it, all seems settled."""


def chromium() -> str | None:
    """Where it is: `PHILO_CHROMIUM`, or one of the usual names on the path."""
    named = os.environ.get("PHILO_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


@dataclass
class Watched:
    """A page, with every complaint of its console and every request that left its origin."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def expecting(self, status: int) -> None:
        """The server refuses something on purpose: the browser's own line about it is no complaint."""
        self.expected.add(f"status of {status} ")

    def _heard(self, message: ConsoleMessage) -> None:
        wanted = any(words in message.text for words in self.expected)
        if message.type in {"error", "warning"} and not wanted:
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.strangers.append(request.url)


async def settled(page: Page) -> None:
    """Everything is read, drawn and where it stays."""
    await page.evaluate(DRAWN)
    await page.wait_for_function(SETTLED)


@asynccontextmanager
async def running(path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def opened(browser: Browser, origin: str, *, width: int = 1280, theme: str = "light") -> AsyncIterator[Watched]:
    """A window of its own, in English."""
    scheme = "dark" if theme == "dark" else "light"
    context: BrowserContext = await browser.new_context(
        base_url=origin, viewport={"width": width, "height": 860}, color_scheme=scheme, locale="en-GB"
    )
    context.set_default_timeout(20_000)
    try:
        yield Watched(await context.new_page(), origin)
    finally:
        await context.close()
