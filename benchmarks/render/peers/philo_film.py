"""The film as Philo makes it: a parent and its children, from the first import to the last byte."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from benchmarks.render import philo
from benchmarks.render.job import Job
from philo_kernel.children import Children


async def main(job: Job, out: Path, workers: int, kind: str) -> None:
    async with Children(workers, prepare=philo.prepare) as children:
        await philo.produce(children, philo.production(job, kind), out)


if __name__ == "__main__":
    os.environ[philo.CRF] = sys.argv[4]
    asyncio.run(main(Job.told(sys.argv[1], sys.argv[3]), Path(sys.argv[2]), int(sys.argv[5]), sys.argv[6]))
