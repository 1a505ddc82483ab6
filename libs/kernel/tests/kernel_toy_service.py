"""The toy as a process: `python kernel_toy_service.py`, told by its environment like every service."""

import asyncio
import sys

from kernel_toys import HEARD, Ring, ToyRang, ToyWound

from philo_kernel.handler import on
from philo_kernel.http.app import application
from philo_kernel.service import Service, prepare
from philo_kernel.settings import ServiceSettings, load
from philo_kernel.unit import Unit
from philo_kernel.work import task


@on(ToyWound)
async def wind(fact: ToyWound, unit: Unit) -> None:
    await unit.connection.execute(HEARD, "wind", fact.job, fact.turn)
    unit.start(Ring(job=fact.job, turn=fact.turn))
    if fact.job == "long":
        sys.stdout.write("winding\n")
        sys.stdout.flush()
        await asyncio.sleep(1.0)  # a stop comes while it lasts


@task(Ring)
async def ring(work: Ring, ports: object) -> ToyRang:
    sys.stdout.write("ringing\n")
    sys.stdout.flush()
    await asyncio.sleep(0.5)  # the work; a stop comes while it lasts
    return ToyRang(job=work.job, turn=work.turn)


def toy(settings: ServiceSettings) -> Service:
    api = application("toy", "0", checks={})
    api.get("/")(lambda: "ding")
    return Service(
        name="toy",
        settings=settings,
        engine=prepare("toy", settings),
        listens_to=["toy"],
        handlers=[wind],
        tasks=[ring],
        api=api,
    )


if __name__ == "__main__":
    toy(load(ServiceSettings)).run()
