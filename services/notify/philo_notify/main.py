"""Notify: tells whoever asked, as it happens, and misses nothing."""

from __future__ import annotations

import httpx
from fastapi import FastAPI
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.http.app import application
from philo_kernel.http.identity import Identity
from philo_kernel.http.keys import PublishedKeys
from philo_kernel.known_keys import KnownApiKeys
from philo_kernel.known_sessions import KnownSessions
from philo_kernel.readiness import Started, checks
from philo_kernel.sealing import sealer_of
from philo_kernel.service import Service, prepare
from philo_kernel.settings import load
from philo_notify import __version__
from philo_notify.api import router
from philo_notify.connections import Connections
from philo_notify.feed import Feed
from philo_notify.lookout import Lookout
from philo_notify.pruning import Pruning
from philo_notify.queue.board import Board
from philo_notify.reactions import LISTENS_TO, TASKS, handlers
from philo_notify.replaying import PROJECTIONS
from philo_notify.settings import NotifySettings
from philo_notify.sockets import Sockets
from philo_notify.streams import Streams
from philo_notify.tickets import Tickets
from philo_notify.wakes import Wakes
from philo_notify.webhooks import api as webhooks_api
from philo_notify.webhooks.carrier import Carrier
from philo_notify.webhooks.lanes import Lanes
from philo_notify.webhooks.requests import Webhooks
from philo_notify.webhooks.tasks import Deliveries
from philo_notify.webhooks.trials import Trials


def http(
    settings: NotifySettings, engine: AsyncEngine, client: httpx.AsyncClient, wakes: Wakes, started: Started
) -> FastAPI:
    """The HTTP surface: the feed as SSE and WebSocket."""
    app = application(
        "notify",
        __version__,
        router,
        webhooks_api.router,
        checks=checks(settings, engine, started),
        identity=Identity(PublishedKeys(client, settings.jwks_url), KnownApiKeys(engine), KnownSessions(engine)),
        body_limit=settings.http_body_limit,
    )
    board = Board(engine, wakes.nudge, settings.queue_seconds)
    streams = Streams(Feed(engine), wakes, board, heartbeat=settings.heartbeat_seconds)
    app.state.sockets = Sockets(streams, Connections(settings.streams_per_user), settings.stream_patience)
    app.state.streams, app.state.board, app.state.tickets = streams, board, Tickets(engine)
    loopback, sealer = settings.webhooks_to_loopback, sealer_of(settings.webhook_secrets_key)
    carrier = Carrier(loopback=loopback, patience=settings.webhook_timeout)
    deliveries = Deliveries(engine, carrier, sealer, Lanes(settings.webhooks_per_user))
    trials = Trials(settings.webhook_tests_at_once, settings.webhooks_per_user)
    app.state.webhooks = Webhooks(engine, deliveries, sealer, trials, loopback=loopback)
    app.state.idempotency = engine
    return app


def main() -> None:
    settings = load(NotifySettings)
    engine = prepare("notify", settings)
    started = Started()
    client = httpx.AsyncClient(timeout=10)
    redis = Redis.from_url(settings.redis_url.get_secret_value())
    wakes = Wakes(redis, f"{settings.topic_prefix}.feed")
    api = http(settings, engine, client, wakes, started)
    deliveries = api.state.webhooks.deliveries
    lookout = Lookout(Feed(engine), wakes, settings.poll_seconds)
    pruning = Pruning(
        engine, progress=settings.progress_kept, feed=settings.feed_kept, deliveries=settings.deliveries_kept
    )
    Service(
        "notify",
        settings,
        engine,
        listens_to=LISTENS_TO,
        handlers=handlers(wakes.wake),
        parts={
            "wakes": wakes.listen,
            "telling": wakes.tell,
            "lookout": lookout.keep,
            "queue": api.state.board.keep,
            "pruning": pruning.keep,
            "deliveries": deliveries.sweep,
        },
        tasks=TASKS,
        ports=deliveries,
        keeps=PROJECTIONS,
        parallel=32,
        api=api,
        started=started,
        closing=(client.aclose, redis.aclose, deliveries.carrier.close),
    ).run()


if __name__ == "__main__":
    main()
