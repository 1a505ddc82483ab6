"""An endpoint of a language model on 127.0.0.1, and the ways in which it answers."""

import asyncio
import json
import re
from collections.abc import Callable
from contextlib import asynccontextmanager

from philo.testing_providers import Naps, terms
from philo_analysis.reading import ProviderTimedOut, ReadingRequest
from philo_kernel.outgoing.board import Board
from philo_kernel.outgoing.line import Line

SCRIPT = """The Old Mill

An old miller lived by the river. Every morning he fed the ducks. One night a storm broke the wheel.

He took a lantern and went out into the rain. The villagers came with ropes and hammers. In spring the mill sang again.
"""
SECRET = "sk-very-secret"


def line(naps: Naps, provider: str = "openai", service: str = "text", board: Board | None = None, **how) -> Line:
    """A way to an endpoint, whose pauses take no time."""
    return Line(provider, service, board=board, terms=terms(naps, **how), late=ProviderTimedOut)


class Model:
    """A chat-completions endpoint on 127.0.0.1. `steps` are taken one a request; then it behaves."""

    def __init__(self) -> None:
        self.steps: list[Callable[[dict], tuple[int, dict, str]]] = []
        self.requests: list[dict] = []
        self.silent = asyncio.Event()
        self.base_url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        request = json.loads(await reader.readexactly(int(length.group(1)))) if length else {"looks": head.split()[1]}
        self.requests.append(request)
        step = self.steps.pop(0) if self.steps else behaves
        if step is hangs:
            await self.silent.wait()
        status, headers, body = step(request)
        told = {
            "content-type": "application/json",
            "connection": "close",
            **headers,
            "content-length": len(body.encode()),
        }
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in told.items())]
        writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        writer.close()


@asynccontextmanager
async def running_model():
    model = Model()
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0)
    model.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    yield model
    model.silent.set()
    server.close()


def completion(content: str | None, finish: str = "stop", refusal: str | None = None) -> str:
    message = {"role": "assistant", "content": content, "refusal": refusal}
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    told = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return json.dumps(told)


def good_answer(request: dict) -> dict:
    """What a good model answers: cuts after every second sentence or as many as asked; or a written script."""
    said = request["messages"][1]["content"]
    asked = re.search(r"exactly (\d+)", said)
    look = {"title": "A Scene", "visual_prompt": "old mill, river", "mood": "calm", "tags": ["River", "mill", "mill"]}
    told = {"title": "The Mill", "summary": "A mill.", "characters": ["miller"], "themes": ["home"]}
    if request["response_format"]["json_schema"]["name"] == "CutScript":
        count = len(re.findall(r"^\[\d+\]", said, re.MULTILINE))
        firsts = range(1, int(asked.group(1)) + 1) if asked else range(1, count + 1, 2)
        return {**told, "scenes": [{**look, "first": first} for first in firsts]}
    scenes = [
        {**look, "narration": f"The river runs, part {place}."} for place in range(int(asked.group(1)) if asked else 5)
    ]
    return {**told, "language": "en", "scenes": scenes}


def behaves(request):
    return 200, {}, completion(json.dumps(good_answer(request)))


def hangs(_request):
    return 200, {}, ""


def fails(status: int, headers: dict | None = None, code: str | None = None, words: str = "no"):
    body = json.dumps({"error": {"message": words, "code": code, "type": "t"}})
    return lambda _request: (status, {"retry-after-ms": "1", **(headers or {})}, body)


def answers(content, **how):
    return lambda _request: (200, {}, completion(content, **how))


async def read(adapter, **request):
    return await adapter.read(ReadingRequest(**{"text": SCRIPT, **request}))
