"""Render: draws every scene, films it, and joins the film."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.children import Children
from philo_kernel.http.app import application
from philo_kernel.limits import minutes
from philo_kernel.objects import S3Objects
from philo_kernel.outgoing.switchboard import Switchboard, terms_of
from philo_kernel.readiness import Started, checks
from philo_kernel.service import Service, prepare
from philo_kernel.settings import load
from philo_render import __version__, api, crew
from philo_render.exhibition import Exhibition
from philo_render.ports import ChildCrew, Ports
from philo_render.providers.fallback import Fallback
from philo_render.providers.faults import ProviderFailing
from philo_render.providers.painter import Painter
from philo_render.providers.prices import Prices
from philo_render.reactions import HANDLERS, LISTENS_TO, TASKS
from philo_render.replaying import PROJECTIONS
from philo_render.reporter import Reporter
from philo_render.settings import RenderSettings
from philo_render.tasks.scratch import sweep
from philo_render.turns import Turns


def painters_of(settings: RenderSettings, board: Switchboard) -> Fallback:
    """Those who paint for money and whose key is here. Their libraries are a good part of the start, for some only."""
    painters: dict[str, Painter] = {}
    terms = terms_of(settings, timeout=settings.picture_timeout, retries=settings.picture_retries)
    prices = Prices.read(settings.picture_prices)
    if settings.openai_api_key:
        from philo_render.providers.openai import OpenAIPainter  # noqa: PLC0415

        painters["openai"] = OpenAIPainter(
            board.line("openai", "picture", terms=terms, who="OpenAI", late=ProviderFailing),
            base_url=settings.openai_base_url,
            api_key=settings.openai_api_key.get_secret_value(),
            model=settings.openai_image_model,
            quality=settings.openai_image_quality,
            prices=prices,
        )
    if settings.stability_api_key:
        from philo_render.providers.stability import StabilityPainter  # noqa: PLC0415

        painters["stability"] = StabilityPainter(
            board.line("stability", "picture", terms=terms, who="Stability", late=ProviderFailing),
            base_url=settings.stability_base_url,
            api_key=settings.stability_api_key.get_secret_value(),
            model=settings.stability_image_model,
            prices=prices,
        )
    return Fallback(painters, settings.picture_fallback)


def http(settings: RenderSettings, engine: AsyncEngine, objects: S3Objects, started: Started) -> FastAPI:
    """The HTTP surface: the looks there are. Its `state.exhibition` knows them."""
    return application(
        "render", __version__, api.router, checks=checks(settings, engine, started, storage=objects.ping)
    )


def main() -> None:
    settings = load(RenderSettings)
    engine = prepare("render", settings)
    started = Started()
    objects = S3Objects(settings, patience=minutes(2))
    children = Children(settings.render_workers, prepare=crew.prepare)
    quick, aside = (Children(1, prepare=crew.prepare) for _ in range(2))
    board = Switchboard(settings)
    painters = painters_of(settings, board)
    hands = ChildCrew(children, quick, aside, Turns(settings.render_workers + 1))
    ports = Ports(hands, objects, Reporter(), painters, settings.render_scratch)
    surface = http(settings, engine, objects, started)
    surface.state.exhibition = Exhibition(ports)
    Service(
        "render",
        settings,
        engine,
        listens_to=LISTENS_TO,
        handlers=HANDLERS,
        tasks=TASKS,
        ports=ports,
        keeps=PROJECTIONS,
        parallel=2 * settings.render_workers,
        api=surface,
        starting=(objects.ensure_bucket, partial(sweep, settings.render_scratch)),
        started=started,
        closing=(children.close, quick.close, aside.close, painters.close, board.close),
        parts=board.parts(),
    ).run()


if __name__ == "__main__":
    main()
