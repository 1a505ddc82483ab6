"""The gateway's HTTP API, as far as the command line needs it."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from philo.films.errors import FilmError, NotReachable, Refused
from philo.films.words import Words

Json = dict[str, Any]  # an answer; its shape is the API's own
PREFIX = "/api/v1"
ENDS = {"job.completed", "job.failed", "job.cancelled"}
TRIES = 60


class Api:
    """One person at the gateway."""

    def __init__(self, base: str, client: httpx.AsyncClient) -> None:
        self.base, self.client = base, client
        self._refresh_token, self._renew_at = "", math.inf

    @classmethod
    @asynccontextmanager
    async def at(cls, base: str) -> AsyncIterator[Self]:
        async with httpx.AsyncClient(base_url=base, timeout=30) as client:
            yield cls(base, client)

    async def call(self, method: str, path: str, **about: object) -> httpx.Response:
        """Raises `Refused` with the API's own words, `NotReachable` when nobody answers."""
        await self._renew()
        return await self._sent(method, path, **about)

    async def _sent(self, method: str, path: str, **about: object) -> httpx.Response:
        try:
            answer = await self.client.request(method, PREFIX + path, **about)  # type: ignore[arg-type]
        except httpx.TransportError as error:
            raise NotReachable(self.base) from error
        if answer.status_code >= 400:
            raise Refused(answer)
        return answer

    async def register(self, name: str, email: str, password: str) -> None:
        body = {"email": email, "username": name, "password": password}
        self._carry((await self.call("POST", "/auth/register", json=body)).json())

    async def login(self, email: str, password: str) -> None:
        self._carry((await self.call("POST", "/auth/login", json={"email": email, "password": password})).json())

    def _carry(self, session: Json) -> None:
        self.client.headers["Authorization"] = f"Bearer {session['access_token']}"
        self._refresh_token, self._renew_at = session["refresh_token"], time.monotonic() + session["expires_in"] / 2

    async def _renew(self) -> None:
        """A film may take longer than an access token lives."""
        if time.monotonic() >= self._renew_at:
            shown = {"refresh_token": self._refresh_token}
            self._carry((await self._sent("POST", "/auth/refresh", json=shown)).json())

    async def request_film(self, script: str, config: Json, title: str | None = None) -> Json:
        wish = {"script": script, "config": config} | ({"title": title} if title else {})
        job: Json = (await self.call("POST", "/jobs", json=wish)).json()
        return job

    async def history(self, job: str) -> list[Json]:
        lines: list[Json] = (await self.call("GET", f"/jobs/{job}/history")).json()
        return lines

    async def cancel(self, job: str) -> None:
        await self.call("DELETE", f"/jobs/{job}")

    async def watch(self, job: str) -> AsyncIterator[Json]:
        """Every message about a job until it ends. A lost connection goes on where it stopped."""
        last, silent, words = 0, 0, Words()
        while True:
            try:
                await self._renew()
                async with self._socket(f"/jobs/{job}/ws?after={last}") as socket:
                    async for text in socket:
                        message: Json = json.loads(text)
                        last, silent = int(message["id"]), 0
                        if (whole := words.completed(message)) is not None:
                            yield whole
                        if message["event"] in ENDS:
                            return
            except (OSError, ConnectionClosed, InvalidStatus, NotReachable, TimeoutError) as error:
                silent += 1
                if silent > TRIES:
                    raise FilmError(f"The live view was lost and did not come back: {error}") from error
                await asyncio.sleep(min(1.0, 0.1 * silent))

    def _socket(self, path: str) -> connect:
        address = self.base.replace("http", "ws", 1) + PREFIX + path
        headers = {"Authorization": self.client.headers["Authorization"]}
        return connect(address, additional_headers=headers, max_size=2**24)

    async def fetch(self, job: str, to: Path) -> None:
        """Stream the film into `to`; a half-fetched file never has that name."""
        await self._renew()
        part = to.with_name(f".{to.name}.part")
        try:
            async with self.client.stream("GET", f"{PREFIX}/jobs/{job}/output", follow_redirects=True) as answer:
                if answer.status_code >= 400:
                    await answer.aread()
                    raise Refused(answer)
                with part.open("wb") as out:
                    async for piece in answer.aiter_bytes(1 << 20):
                        out.write(piece)
            part.replace(to)
        except OSError as error:
            raise FilmError(
                f"The film could not be written to {to}: {error}. It can still be fetched later."
            ) from error
        finally:
            part.unlink(missing_ok=True)
