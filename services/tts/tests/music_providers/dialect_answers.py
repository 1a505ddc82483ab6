"""What composers answer, in each dialect, while an order is made, when it is, and when it is not."""

import pytest
from sample_music import played, tune

from philo.testing_providers import ProviderServer, Reply, told
from philo_contracts.shapes import Mood
from philo_tts.music_providers.composer import Wish

WISH = Wish(Mood.CALM, "piano", 8, 7, "An old mill by a river")
FILE = "/made/1.flac"
every_dialect = pytest.mark.parametrize("name", ["musicgen", "replicate", "mubert"])
ordered_ones = pytest.mark.parametrize("name", ["replicate", "mubert"])


def working(name: str) -> Reply:
    """An order that is being made."""
    if name == "mubert":
        return told({"data": {"id": "n1", "generations": [{"status": "in_progress"}]}})
    return told({"id": "n1", "status": "processing", "output": None})


def made(name: str, link: str) -> Reply:
    if name == "mubert":
        return told({"data": {"id": "n1", "generations": [{"status": "done", "url": link}]}})
    return told({"id": "n1", "status": "succeeded", "output": link})


def failed(name: str, said: str) -> Reply:
    if name == "mubert":
        return told({"data": {"id": "n1", "generations": [{"status": "failed", "error": said}]}})
    return told({"id": "n1", "status": "failed", "error": said})


def good(server: ProviderServer, name: str, audio: bytes | None = None) -> list[Reply]:
    """All answers of an order that goes well."""
    audio = tune(15 if name == "mubert" else 8) if audio is None else audio
    if name == "musicgen":
        return [played(audio)]
    server.links[FILE] = played(audio)
    return [working(name), working(name), made(name, server.url + FILE)]
