"""Music by HTTP: ordered, asked after until it is made, and fetched; or answered at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from urllib.parse import quote

import httpx2

from philo_kernel.outgoing.calls import Call
from philo_kernel.outgoing.client import AnswerTooLarge, bounded_client
from philo_kernel.outgoing.deadline import deadline
from philo_kernel.outgoing.downloads import Downloads, Thing
from philo_kernel.outgoing.line import Line
from philo_kernel.outgoing.words import SILENT, quoted
from philo_tts.music_providers.complaints import complaint_of
from philo_tts.music_providers.composer import Take, Wish
from philo_tts.music_providers.dialects import DIALECTS, Job, Json, Values, filled, found
from philo_tts.music_providers.faults import MusicRefused, ProviderFailing, ProviderRejected
from philo_tts.music_providers.prompts import prompt_of
from philo_tts.music_providers.soundness import MOST_BYTES, seconds_of

SEEDS = 2**31 - 1
MUSIC = Thing("music", "audio/*", ProviderFailing, ProviderRejected)
LOOK, SELDOM = 2.0, 10.0
"""Seconds until an order that is being made is asked after: more and more seldom."""


class HttpComposer:
    """The `Composer` over a dialect of `dialects.toml`: musicgen, replicate or mubert, or who speaks like them.

    `longest` is seconds for a whole order; `most` is the largest answer, in bytes; `model` unset is the dialect's own.
    Call `close` when done.
    """

    def __init__(
        self,
        line: Line,
        *,
        base_url: str,
        api_key: str,
        account: str = "",
        model: str | None = None,
        longest: float = 420.0,
        most: int = MOST_BYTES,
    ) -> None:
        self.name, self._line, self._dialect = line.provider, line, DIALECTS[line.provider]
        self._who = line.who
        line.looked_at_by(self._look)
        self._url, self._key, self.model = base_url.rstrip("/"), api_key, model or self._dialect.model
        self._headers = {
            header: text.format(key=api_key, account=account) for header, text in self._dialect.headers.items()
        }
        self._longest = longest
        self._client, self._downloads = bounded_client(most), Downloads(self._who, base_url, most, MUSIC)

    async def compose(self, wish: Wish) -> Take:
        """Music of about the wished length, if the provider can; shorter otherwise: it is fitted to the film later."""
        return await self._line.order(lambda call: self._composed(wish, call), model=self.model)

    async def close(self) -> None:
        await self._client.aclose()
        await self._downloads.close()

    async def _composed(self, wish: Wish, call: Call) -> Take:
        seconds = round(min(max(wish.seconds, self._dialect.shortest), self._dialect.longest))
        order: Values = {"prompt": prompt_of(wish), "seconds": seconds, "seed": wish.seed % SEEDS, "model": self.model}
        words = f"{self._who} did not finish within {self._longest:g} seconds. Try again."
        async with deadline(self._longest, lambda: ProviderFailing(words)):
            audio = await self._ordered(order)
        lasting = await asyncio.to_thread(seconds_of, audio, seconds, self._who)
        call.used(seconds=lasting)
        return Take(audio, lasting, self.name, self.model)

    async def _look(self) -> None:
        """Asking for nothing costs nothing: it need only be there, and take the key."""
        try:
            answer = await self._client.get(f"{self._url}/{self._dialect.look}", headers=self._headers)
        except (AnswerTooLarge, httpx2.HTTPError):
            fault: Exception = self._away()
        else:
            if answer.status_code < 500 and answer.status_code not in {401, 402, 403, 429}:
                return
            fault = complaint_of(answer, self._who, self._dialect.secret, self._key)
        raise fault

    async def _ordered(self, values: Values) -> bytes:
        path = self._dialect.submit.format_map({"model": self.model})
        body = filled(self._dialect.body, values)
        answer = await self._asked(lambda: self._client.post(f"{self._url}/{path}", json=body, headers=self._headers))
        if self._dialect.job is None or answer.headers.get("content-type", "").startswith("audio/"):
            return answer.content
        return await self._made(self._dialect.job, self._json(answer))

    async def _made(self, job: Job, told: Json) -> bytes:
        """Waits until the order is made. Raises MusicRefused when the provider gives it up."""
        poll = f"{self._url}/{job.poll.format(job=quote(self._number(job, told), safe=''))}"
        turn = 0
        while True:
            status, link = found(told, job.status).lower(), found(told, job.audio)
            if status in job.failed:
                said = quoted(found(told, job.said) or SILENT, self._key)
                raise MusicRefused(f"{self._who} gave up on the music: {said}")
            if status in job.done:
                return await self._fetched(link)
            await self._line.terms.patience.sleep(min(SELDOM, LOOK * 1.5**turn))
            told = self._json(await self._asked(lambda: self._client.get(poll, headers=self._headers)))
            turn += 1

    async def _fetched(self, link: str) -> bytes:
        if not link:
            raise ProviderFailing(f"{self._who} says that the music is made, and not where it is. Try again.")

        async def fetch(_call: Call) -> bytes:
            return await self._downloads.fetch(link)

        return await self._line.request(fetch, paid=False)

    async def _asked(self, request: Callable[[], Awaitable[httpx2.Response]]) -> httpx2.Response:
        """A good answer. The client's error goes no further: it holds the request, and with it the key."""

        async def attempt(_call: Call) -> httpx2.Response:
            try:
                answer = await request()
            except AnswerTooLarge:
                fault: Exception = ProviderFailing(f"{self._who} sent more than Philo reads. Try again.")
            except httpx2.HTTPError:
                fault = self._away()
            else:
                if 200 <= answer.status_code < 300:
                    return answer
                fault = complaint_of(answer, self._who, self._dialect.secret, self._key)
            raise fault

        return await self._line.request(attempt, paid=False)

    def _away(self) -> ProviderFailing:
        check = f"{self._dialect.secret}_BASE_URL"
        return ProviderFailing(f"{self._who} cannot be reached, or broke off. Try again, or check {check}.")

    def _json(self, answer: httpx2.Response) -> Json:
        try:
            told: Json = json.loads(answer.content)
        except ValueError:
            what = "a web page" if answer.content.lstrip()[:1] == b"<" else "something else"
        else:
            return told
        check = f"{self._dialect.secret}_BASE_URL"
        raise ProviderFailing(f"{self._who} answered with {what} instead of its order. Try again, or check {check}.")

    def _number(self, job: Job, told: Json) -> str:
        number = found(told, job.id)
        if not number:
            raise ProviderFailing(f"{self._who} took the order and gave it no number. Try again.")
        return number
