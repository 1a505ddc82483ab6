"""Tts: speaks every scene and plays the film's music."""

from __future__ import annotations

from fastapi import FastAPI
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.children import Children
from philo_kernel.http.app import application
from philo_kernel.limits import minutes
from philo_kernel.objects import S3Objects
from philo_kernel.outgoing.switchboard import Switchboard, terms_of
from philo_kernel.readiness import Started, checks
from philo_kernel.service import Service, prepare
from philo_kernel.settings import load
from philo_tts import __version__
from philo_tts.music_providers.accounts import hired
from philo_tts.musician import OwnMusician
from philo_tts.ports import Ports
from philo_tts.reactions import HANDLERS, LISTENS_TO, TASKS
from philo_tts.recordings import RememberedRecordings
from philo_tts.replaying import PROJECTIONS
from philo_tts.settings import TtsSettings
from philo_tts.voices import api as voices_api
from philo_tts.voices.exhibition import Exhibition
from philo_tts.voices.local import LocalSpeaker


def http(settings: TtsSettings, engine: AsyncEngine, objects: S3Objects, started: Started) -> FastAPI:
    """The HTTP surface: who can speak, and what they sound like. Its `state.exhibition` knows both."""
    return application(
        "tts", __version__, voices_api.router, checks=checks(settings, engine, started, storage=objects.ping)
    )


def main() -> None:
    settings = load(TtsSettings)
    engine = prepare("tts", settings)
    started = Started()
    redis = Redis.from_url(settings.redis_url.get_secret_value())
    objects = S3Objects(settings, patience=minutes(2))
    children = Children(settings.tts_workers)
    speaker = LocalSpeaker(children, settings.tts_models)
    board = Switchboard(settings)
    composers = hired(settings.music_accounts, board, terms_of(settings))
    ports = Ports(
        speaker=speaker,
        recordings=RememberedRecordings(redis, objects, settings.topic_prefix, settings.speech_kept),
        musician=OwnMusician(children),
        composers=composers,
        objects=objects,
    )
    api = http(settings, engine, objects, started)
    api.state.exhibition = Exhibition(speaker.voices, ports)
    Service(
        "tts",
        settings,
        engine,
        listens_to=LISTENS_TO,
        handlers=HANDLERS,
        tasks=TASKS,
        ports=ports,
        keeps=PROJECTIONS,
        parallel=2 * settings.tts_workers,
        api=api,
        starting=(objects.ensure_bucket,),
        started=started,
        closing=(children.close, composers.close, redis.aclose, board.close),
        parts=board.parts(),
    ).run()


if __name__ == "__main__":
    main()
