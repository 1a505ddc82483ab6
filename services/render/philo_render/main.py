"""Render: draws every scene, films it, and joins the film."""

from __future__ import annotations

from philo_kernel.children import Children
from philo_kernel.http.app import application
from philo_kernel.limits import minutes
from philo_kernel.objects import S3Objects
from philo_kernel.readiness import Started, checks
from philo_kernel.service import Service, prepare
from philo_kernel.settings import load
from philo_render import __version__, crew
from philo_render.handlers import advance_film
from philo_render.ports import ChildCrew, Ports
from philo_render.reporter import Reporter
from philo_render.settings import RenderSettings
from philo_render.tasks import draw, join, paint


def main() -> None:
    settings = load(RenderSettings)
    engine = prepare("render", settings)
    started = Started()
    objects = S3Objects(settings, patience=minutes(2))
    children = Children(settings.render_workers, prepare=crew.prepare)
    quick = Children(1, prepare=crew.prepare)
    Service(
        "render",
        settings,
        engine,
        listens_to=("gateway", "analysis", "tts", "render"),
        handlers=(advance_film,),
        tasks=(paint, draw, join),
        ports=Ports(ChildCrew(children, quick, settings.render_scratch), objects, Reporter()),
        parallel=2 * settings.render_workers,
        api=application(
            "render",
            __version__,
            checks=checks(settings, engine, started, storage=objects.ping),
        ),
        starting=(objects.ensure_bucket,),
        started=started,
        closing=(children.close, quick.close),
    ).run()


if __name__ == "__main__":
    main()
