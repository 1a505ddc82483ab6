"""The page's login: its refresh token in a cookie that no script can read and no other site can send."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from philo_kernel.http.problems import Forbidden

from .families import REFRESH_LIFE

PATH = "/api/v1/auth/session"


class ForeignOrigin(Forbidden):
    slug, title = "foreign-origin", "This is for our own page only"


@dataclass(frozen=True)
class PageCookies:
    """`origins` are those of the page; without `secure` the cookie also goes over plain http, on one's own machine."""

    origins: frozenset[str]
    secure: bool

    @property
    def name(self) -> str:
        """Browsers take the prefix over https only, so that no page over plain http can plant one."""
        return "__Secure-philo-session" if self.secure else "philo-session"

    def refuse_others(self, request: Request) -> None:
        """Raises `ForeignOrigin` unless the browser says that our page asks."""
        origin = request.headers.get("origin")
        if origin not in self.origins:
            words = "Use `/auth/login` and `/auth/refresh`, or name the page's origin in AUTH_ORIGINS."
            raise ForeignOrigin(f"Cookies are for the page, and this request does not come from it. {words}")

    def read(self, request: Request) -> str | None:
        return request.cookies.get(self.name)

    def give(self, response: Response, refresh_token: str) -> None:
        lasts = int(REFRESH_LIFE.total_seconds())
        response.set_cookie(
            self.name, refresh_token, lasts, path=PATH, secure=self.secure, httponly=True, samesite="strict"
        )

    def take_back(self, response: Response) -> None:
        response.delete_cookie(self.name, path=PATH, secure=self.secure, httponly=True, samesite="strict")
