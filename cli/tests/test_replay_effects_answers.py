"""What answers in the place of others, while a recording is run again, asks nobody either: no server, no program."""

import contextlib
import inspect
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_type_hints
from unittest.mock import MagicMock

import httpx2
import pytest

import philo_analysis.replay
from philo_contracts.shapes import Scene, VideoConfig
from philo_contracts.topics import SERVICES
from philo_kernel.objects import MissingObject
from philo_kernel.replay.composition import replay_of
from philo_kernel.replay.forbidden import EffectInReplay, Forbidden
from philo_kernel.replay.recording import About, Recording
from philo_kernel.replay.rerun_answers import Answers, Unanswered
from philo_render.orders import Paint

DATA = (int, float, str, Path, type(None))
NOTHING = Recording(about=About(job="1", recorded_at=datetime(2026, 5, 1, tzinfo=UTC), version="0"), facts=())
MODEL = {"provider": "openai", "model": "m", "retries": 1}
HIRED = {"analysis": {"models": [{**MODEL, "settings": "LLM"}], "judge": {**MODEL, "when_away": "rules"}}}
"""With everybody in it whom one can pay."""
SCENE = Scene(id="s", index=0, title="", narration="A boat.", visual_prompt="")
WORDS = {
    ("tts", "speaker", "choose"): ("en",),
    ("tts", "speaker", "speak"): ("A boat.", "en"),
    ("render", "crew", "stage"): (Paint(job="1", scenes=(SCENE,), config=VideoConfig()),),
}
"""What has to make sense to whoever is asked. All others are asked anything."""
UNASKED = {("render", "reporter", "tell")}
"""It goes on for as long as `telling` lasts, which asks for it."""
LEAVES = frozenset(
    f"{module}.{call}"
    for module, calls in {
        "socket": ("connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo"),
        "subprocess": ("Popen",),
        "os": ("system", "exec", "posix_spawn", "fork", "forkpty"),
    }.items()
    for call in calls
)
LOOKERS = frozenset({("uname",)})
"""So it begins for programs that only say what machine this is: the client of a provider tells that to whom it asks."""


@dataclass
class Ear:
    """Hears what Python tells before something leaves the process (PEP 578), and stops it.

    Nothing is lost of it where whoever tried it swallows the error. It listens while `heard` is a list: an audit hook
    cannot be taken back.
    """

    heard: list[str] | None = None

    def hear(self, event: str, told: tuple[object, ...]) -> None:
        if self.heard is not None and event in LEAVES and told[:1] not in LOOKERS:
            self.heard.append(event)
            raise EffectInReplay(event)


EAR = Ear()
sys.addaudithook(EAR.hear)


def answering() -> Iterator[tuple[str, str, str, object]]:
    """Each port that does answer when a recording is at hand, and what can be asked of it."""
    for service in SERVICES:
        given = replay_of(service).composition(HIRED.get(service), Answers(NOTHING, service)).ports
        named = {one.name: getattr(given, one.name) for one in fields(given)} if is_dataclass(given) else {"all": given}
        for name, port in named.items():
            if not isinstance(port, (Forbidden, *DATA)):
                yield from ((service, name, method, port) for method in methods(port))


def methods(port: object) -> list[str]:
    named = [name for name, _ in inspect.getmembers(port, inspect.ismethod) if not name.startswith("_")]
    assert named, f"nobody knows how to ask {port}"
    return named


def anything(method: object, folder: Path) -> list[object]:
    """Arguments of the right kinds as far as they are simple, and what is anything for the others."""
    simple = {str: "x", int: 1, float: 1.0, bytes: b"x", Path: folder / "x"}
    hints = {name: kind for name, kind in get_type_hints(method).items() if name != "return"}
    return [simple.get(kind) or MagicMock() for kind in hints.values()]


async def left(method, *given: object) -> list[str]:
    """What would have left the process. Whoever is asked answers, or says in so many words that nobody knows."""
    EAR.heard = heard = []
    try:
        # Two say that nobody knows, which is an answer; the third is the ear's own, which has noted already why.
        with contextlib.suppress(Unanswered, MissingObject, EffectInReplay):
            found = method(*given)
            if inspect.isawaitable(found):
                await found
    finally:
        EAR.heard = None
    return heard


ANSWERING = [one for one in answering() if one[:3] not in UNASKED]


def test_those_who_answer_are_found():
    assert {one[:2] for one in ANSWERING} >= {("analysis", "reader"), ("tts", "composers"), ("render", "painters")}


@pytest.mark.parametrize(("service", "name", "method", "port"), ANSWERING, ids=["-".join(one[:3]) for one in ANSWERING])
async def test_what_answers_in_the_place_of_others_asks_nobody(service, name, method, port, tmp_path):
    asked = getattr(port, method)
    assert await left(asked, *(WORDS.get((service, name, method)) or anything(asked, tmp_path))) == []


class Outgoing:
    """Adapters that do reach out, and say nothing of what comes of it."""

    async def post(self, body: bytes) -> None:
        with contextlib.suppress(Exception):
            async with httpx2.AsyncClient() as client:
                await client.post("http://127.0.0.1:9/", content=body)

    def log(self, line: str) -> None:
        with contextlib.suppress(Exception), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as gram:
            gram.sendto(line.encode(), "/nowhere/log")

    def ask(self, name: str) -> None:
        with contextlib.suppress(Exception):
            socket.getaddrinfo(name, 443)

    def whose(self, address: str) -> None:
        with contextlib.suppress(Exception):
            socket.gethostbyaddr(address)

    def named(self, port: int) -> None:
        with contextlib.suppress(Exception):
            socket.getnameinfo(("192.0.2.1", port), 0)

    def run(self, program: str) -> None:
        with contextlib.suppress(Exception):
            subprocess.run([program], check=False)

    def fork(self) -> None:
        with contextlib.suppress(Exception):
            if os.fork() == 0:
                os._exit(0)


@pytest.mark.parametrize("method", methods(Outgoing()))
async def test_one_that_does_reach_out_would_be_noticed(method, tmp_path):
    asked = getattr(Outgoing(), method)
    assert await left(asked, *anything(asked, tmp_path)) != []


async def test_a_client_that_was_not_given_what_was_answered_then_would_be_noticed(monkeypatch):
    monkeypatch.setattr(philo_analysis.replay, "RecordedTransport", lambda *_: None)
    ports = philo_analysis.replay.composition(HIRED["analysis"], Answers(NOTHING, "analysis")).ports
    assert await left(ports.judge.judge, "A boat.", "en") != []
