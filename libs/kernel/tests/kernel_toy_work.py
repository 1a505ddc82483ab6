"""Work of the toy service: how it is ordered, done and awaited."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

from kernel_toys import Ring, ToyBroke

from philo_kernel.service import ended
from philo_kernel.unit import unit_of_work
from philo_kernel.work import Retries
from philo_kernel.worker import Worker

AT_ONCE = Retries(attempts=3, first=timedelta(0))


def broke(work: Ring, fault) -> ToyBroke:
    return ToyBroke(job=work.job, why=f"{fault.code}: {fault.message}")


@asynccontextmanager
async def a_worker(engine, dsn, *tasks, ports=None, parallel=4):
    worker = Worker("toy", tasks, engine, ports, parallel)
    running = asyncio.create_task(worker.run(dsn))
    try:
        yield worker
    finally:
        await worker.drain(5)
        await ended(running)


async def order(engine, *works) -> None:
    async with unit_of_work(engine, "toy") as unit:
        for work in works:
            unit.start(work)


def nothing_left(look):
    async def empty() -> bool:
        return await look.value("select count(*) = 0 from pgqueuer")

    return empty
