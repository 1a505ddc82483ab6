"""What Philo itself costs: five scenes a job, every service, nothing drawn and nothing spoken.

From `POST /jobs` to `job.completed` at a WebSocket client, one job at a time and thirty in flight, the load driver
included, all on this machine. Run by `make bench-overhead`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
import secrets
import statistics
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
import psutil  # type: ignore[import-untyped]
from websockets.asyncio.client import connect

from benchmarks.fleet import Cost, Fleet, fleet
from benchmarks.sink import sink

WARM = 30


@dataclass
class Driver:
    """One user with one WebSocket for all jobs."""

    client: httpx.AsyncClient
    waiting: dict[str, asyncio.Future[float]] = field(default_factory=dict)
    ended: dict[str, float] = field(default_factory=dict)

    async def one(self, number: int) -> float:
        """Seconds from asking to being told of the end."""
        began = time.perf_counter()
        answer = await self.client.post("/api/v1/jobs", json={"script": f"Script number {number}.", "title": "Bench"})
        answer.raise_for_status()
        job = answer.json()["id"]
        if job not in self.ended:
            self.waiting[job] = asyncio.get_running_loop().create_future()
            await asyncio.wait_for(self.waiting[job], 60)
        return self.ended.pop(job) - began

    async def listen(self, url: str) -> None:
        headers = {"Authorization": self.client.headers["Authorization"]}
        async with connect(url, additional_headers=headers, max_size=2**24) as socket:
            async for text in socket:
                if '"job.completed"' in str(text)[:60]:
                    self.tell(json.loads(text)["job"]["id"])
                elif '"job.failed"' in str(text)[:60]:
                    raise RuntimeError(text)

    def tell(self, job: str) -> None:
        self.ended[job] = time.perf_counter()
        if job in self.waiting:
            self.waiting.pop(job).set_result(0.0)


@asynccontextmanager
async def driving(running: Fleet) -> AsyncIterator[Driver]:
    base = running.at.gateway
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        name = secrets.token_hex(4)
        body = {"email": f"{name}@philo.example", "username": name, "password": secrets.token_hex(12)}
        session = (await client.post("/api/v1/auth/register", json=body)).raise_for_status().json()
        client.headers["Authorization"] = f"Bearer {session['access_token']}"
        driver = Driver(client)
        listening = asyncio.create_task(driver.listen(f"{base.replace('http', 'ws', 1)}/api/v1/realtime/ws"))
        try:
            yield driver
        finally:
            listening.cancel()


async def latency(driver: Driver, jobs: int) -> list[float]:
    return [await driver.one(number) for number in range(jobs)]


async def throughput(driver: Driver, jobs: int, in_flight: int) -> float:
    """Jobs a second."""
    places = asyncio.Semaphore(in_flight)

    async def one(number: int) -> None:
        async with places:
            await driver.one(number)

    began = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(jobs)))
    return jobs / (time.perf_counter() - began)


def told(label: str, cost: Cost, jobs: int) -> str:
    share = [1000 * cpu / cost.facts for cpu in (cost.services, cost.postgres, cost.kafka)]
    return (
        f"| {label} | {cost.facts / jobs:.1f} | {cost.statements / cost.facts:.1f} | "
        f"{share[0]:.2f} + {share[1]:.2f} + {share[2]:.2f} | {sum(share) * cost.facts / jobs:.0f} |"
    )


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=300)
    parser.add_argument("--in-flight", type=int, default=30)
    parser.add_argument("--latency-jobs", type=int, default=200)
    parser.add_argument(
        "--statements", type=int, default=0, help="Also show this many of the most frequent statements."
    )
    parser.add_argument("--traced", action="store_true", help="Record every trace, and send it to a collector.")
    wanted = parser.parse_args()
    with sink() as collector:
        told = {"OTLP_ENDPOINT": collector.endpoint} if wanted.traced else {}
        await measure(wanted, told)
        if wanted.traced:
            print(f"traces: {collector}")


async def measure(wanted: argparse.Namespace, settings: Mapping[str, str]) -> None:
    async with fleet(settings) as running, driving(running) as driver:
        await latency(driver, WARM)
        start = await running.cost()
        times = await latency(driver, wanted.latency_jobs)
        middle = await running.cost()
        rate = await throughput(driver, wanted.jobs, wanted.in_flight)
        end = await running.cost()
        statements = await running.oftenest(wanted.statements)
    cuts = statistics.quantiles(times, n=100)
    machine = f"{psutil.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, load {psutil.getloadavg()[0]:.1f}")
    print(f"one at a time, {len(times)} jobs: p50 {1000 * cuts[49]:.0f} ms, p99 {1000 * cuts[98]:.0f} ms")
    print(f"{wanted.in_flight} in flight, {wanted.jobs} jobs: {rate:.1f} jobs/s")
    print("| | facts a job | statements a fact | CPU ms a fact: services + PostgreSQL + Kafka | CPU ms a job |")
    print("| --- | --- | --- | --- | --- |")
    print(told("one at a time", middle - start, len(times)))
    print(told(f"{wanted.in_flight} in flight", end - middle, wanted.jobs))
    for calls, milliseconds, statement in statements:
        print(f"{calls:8} {milliseconds:8.0f} ms  {statement}")


if __name__ == "__main__":
    asyncio.run(main())
