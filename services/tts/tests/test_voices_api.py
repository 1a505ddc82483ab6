"""Who can speak, and samples, as a client hears them. No voice is loaded."""

import httpx
import numpy as np
import pytest
from fastapi import FastAPI

from philo_contracts.shapes import Blob
from philo_kernel.http.app import application
from philo_tts.music_providers.fallback import Fallback
from philo_tts.ports import Ports
from philo_tts.voices import VOICES, VoicesMissingError, api, choose
from philo_tts.voices.exhibition import Exhibition
from philo_tts.voices.speech import Speech

KNOWN = [voice for voice in VOICES if voice.id in {"piper:en_US-joe-medium", "espeak:cmn+f3", "espeak:de"}]


class World:
    """Speaks, remembers and keeps objects, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.recordings: dict = {}
        self.said: list = []

    def choose(self, language, voice=None):
        return choose(language, voice)

    async def speak(self, text, language, voice, speed, _pronunciations) -> Speech:
        if voice == "espeak:de":
            raise VoicesMissingError("espeakng_loader")
        self.said.append((text, language, voice, speed))
        return Speech(np.zeros(100, np.int16), 22_050, ())

    async def once(self, key, make):
        known = key in self.recordings
        self.recordings[key] = self.recordings.get(key) or await make()
        return self.recordings[key], known

    async def put(self, key, body, media_type) -> Blob:
        self.kept[key] = body
        return Blob(key=key, size_bytes=len(body), media_type=media_type)

    async def get(self, key) -> bytes:
        return self.kept[key]

    async def size(self, key):
        return len(self.kept[key]) if key in self.kept else None


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def client(world):
    app: FastAPI = application("tts", "0", api.router, checks={})
    app.state.exhibition = Exhibition(lambda: KNOWN, Ports(world, world, None, Fallback({}), world))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://philo") as client:
        yield client


async def test_installed_voices_are_listed_with_what_one_chooses_by(client):
    answer = await client.get("/api/v1/voices")
    assert answer.json()["items"][0] == {
        "id": "piper:en_US-joe-medium",
        "provider": "piper",
        "language": "en-US",
        "gender": "male",
        "name": "Joe",
        "natural": True,
        "sample_url": "/api/v1/voices/piper:en_US-joe-medium/sample",
    }
    assert len(answer.json()["items"]) == len(KNOWN)


async def test_voices_of_a_language_are_those_that_speak_it(client):
    answer = await client.get("/api/v1/voices", params={"language": "zh-CN"})
    assert [voice["id"] for voice in answer.json()["items"]] == ["espeak:cmn+f3"]


async def test_a_sample_is_where_the_list_says_and_is_spoken_once(client, world):
    [voice] = (await client.get("/api/v1/voices", params={"language": "zh"})).json()["items"]
    first, second = [await client.get(voice["sample_url"]) for _ in range(2)]
    assert first.content == second.content
    assert first.content.startswith(b"fLaC")
    assert first.headers["content-type"] == "audio/flac"
    assert [(language, voice) for _, language, voice, _ in world.said] == [("zh", "espeak:cmn+f3")]


async def test_a_voice_that_is_not_installed_has_no_sample(client):
    answer = await client.get("/api/v1/voices/espeak:fr/sample")
    assert (answer.status_code, "GET /api/v1/voices" in answer.json()["detail"]) == (404, True)


async def test_a_voice_that_cannot_speak_says_why(client):
    answer = await client.get("/api/v1/voices/espeak:de/sample")
    assert (answer.status_code, "philo-tts[voices]" in answer.json()["detail"]) == (503, True)
