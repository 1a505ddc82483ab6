"""Every view of the studio: where it is, and what has to be done there to see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from playwright.async_api import Page, expect

from tests.web.conftest import Premiere

Act = Callable[[Page], Awaitable[None]]


class View(NamedTuple):
    place: str
    act: Act | None = None


def pressing(*places: str) -> Act:
    """One button after the other, in whatever language they are."""

    async def press(page: Page) -> None:
        for place in places:
            await page.locator(place).first.click()

    return press


async def reading(page: Page) -> None:
    await pressing(".bill .btn.plain")(page)
    await expect(page.locator(".drafts")).to_be_visible()


def views(premiere: Premiere) -> dict[str, View]:
    film = f"/#/videos/{premiere.job}"
    return {
        "films": View("/#/"),
        "new": View("/#/new?sample=1"),
        "review": View("/#/new?sample=1", reading),
        "film": View(film),
        "timeline": View(f"{film}?tab=events"),
        "past": View(f"{film}?tab=events&at=7"),
        "edit": View(f"{film}?edit=1"),
        "picker": View(f"{film}?edit=1", pressing(".own-choose")),
        "costs": View(f"{film}?tab=cost"),
        "log": View(f"{film}?tab=log"),
        "version": View(film, pressing(".actions .btn.plain")),
        "words": View(f"{film}/words?language=zh"),
        "export": View(film, pressing(".actions .btn.main", ".menu:popover-open button:last-child")),
        "projects": View("/#/projects"),
        "project": View(f"/#/projects/{premiere.project}"),
        "settings": View(f"/#/projects/{premiere.project}", pressing(".page-head .btn.plain")),
        "library": View("/#/library"),
        "usage": View("/#/usage"),
        "developers": View("/#/developers"),
        "webhooks": View("/#/developers/webhooks"),
        "webhook": View(f"/#/developers/webhooks/{premiere.webhook}", pressing("summary")),
        "missing": View("/#/videos/01890000-0000-7000-8000-000000000000"),
    }
