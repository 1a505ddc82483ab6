"""One endpoint that reads scripts and paints scenes, as OpenAI's do: it counts what it is asked, and fails when told to."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Event, Thread
from typing import Any, ClassVar

from PIL import Image

SCENES = 5
DEAD = "The telegraph is silent."
"""No model reads a script in which this stands."""
NUMBERED = re.compile(r"harbour number (\d+)")
USAGE = {"prompt_tokens": 1_000_000, "completion_tokens": 0, "total_tokens": 1_000_000}
Answer = tuple[int, dict[str, Any]]


class Provider:
    """`painted` counts requests by scene, 1 for the first; scene 4 waits for `go`, and fails while `broken`."""

    def __init__(self) -> None:
        self.painted: Counter[int] = Counter()
        self.read = 0
        self.broken, self.go = True, Event()
        saved = BytesIO()
        Image.linear_gradient("L").resize((768, 512)).convert("RGB").save(saved, "PNG")
        self.picture = base64.b64encode(saved.getvalue()).decode()

    def answer(self, path: str, asked: dict[str, Any]) -> Answer:
        return self.paints(asked["prompt"]) if path.endswith("/images/generations") else self.reads(asked)

    def paints(self, prompt: str) -> Answer:
        found = NUMBERED.search(prompt)
        assert found, prompt
        scene = int(found[1])
        self.painted[scene] += 1
        if scene == 4 and self.broken:
            self.go.wait(120)
            return 503, {"error": {"message": "The brushes are broken.", "type": "t", "code": None}}
        return 200, {"data": [{"b64_json": self.picture}]}

    def reads(self, asked: dict[str, Any]) -> Answer:
        script = json.dumps(asked["messages"])
        if DEAD in script:
            return 503, {"error": {"message": "Nobody is there.", "type": "t", "code": None}}
        self.read += 1
        # Each script has harbours of its own: what was painted for an equal wish before is not asked for again.
        coast = sha256(script.encode()).hexdigest()[:8]
        scenes = [
            {
                "title": f"Part {at}",
                "visual_prompt": f"harbour number {at} on coast {coast}",
                "mood": "calm",
                "tags": [],
                "first": at,
            }
            for at in range(1, SCENES + 1)
        ]
        told = {"title": "Harbours", "summary": "Five.", "characters": [], "themes": [], "scenes": scenes}
        message = {"role": "assistant", "content": json.dumps(told), "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        about = {"id": "c", "object": "chat.completion", "created": 1, "model": asked["model"]}
        return 200, {**about, "choices": [choice], "usage": USAGE}


@contextmanager
def running() -> Iterator[tuple[Provider, str]]:
    """One on 127.0.0.1 in threads of its own, and its address."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        protocol_version: ClassVar[str] = "HTTP/1.1"  # type: ignore[misc]

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            status, said = provider.answer(self.path, asked)
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *values: object) -> None: ...  # noqa: A002 - the library's own name

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield provider, f"http://127.0.0.1:{server.server_address[1]}/v1"
        provider.go.set()
        server.shutdown()
