"""What lies elsewhere is read seldom, never waited for for long, and left out when it is silent."""

import asyncio

from prometheus_client.core import GaugeMetricFamily

from philo_kernel.metrics.readings import Readings


class Source:
    """Tells how often it was asked; `words` in place of that, to fail."""

    def __init__(self, words: str = "", *, hangs: bool = False) -> None:
        self.words, self.hangs, self.asked = words, hangs, 0

    async def read(self):
        self.asked += 1
        if self.hangs:
            await asyncio.Event().wait()
        if self.words:
            raise ConnectionError(self.words)
        await asyncio.sleep(0)
        return [GaugeMetricFamily("asked", "How often.", value=self.asked)]


async def told(readings: Readings) -> dict[str, float]:
    samples = [sample for metric in await readings.metrics() for sample in metric.samples]
    return {sample.labels.get("source", sample.name): sample.value for sample in samples}


async def test_many_who_scrape_at_once_are_told_what_was_read_once():
    source = Source()
    readings = Readings({"there": source.read})
    assert await asyncio.gather(*(told(readings) for _ in range(10))) == [{"there": 1, "asked": 1}] * 10
    assert source.asked == 1


async def test_it_is_read_again_when_it_is_old():
    readings = Readings({"there": Source().read}, every=0)
    assert [(await told(readings))["asked"] for _ in range(3)] == [1, 2, 3]


async def test_who_fails_or_hangs_is_left_out_and_the_others_are_told():
    sources = {"well": Source(), "away": Source("refused"), "stuck": Source(hangs=True)}
    readings = Readings({name: source.read for name, source in sources.items()}, patience=0.01)
    assert await told(readings) == {"well": 1, "away": 0, "stuck": 0, "asked": 1}


async def test_who_comes_back_is_told_again():
    source = Source("refused")
    readings = Readings({"there": source.read}, every=0)
    assert await told(readings) == {"there": 0}
    source.words = ""
    assert await told(readings) == {"there": 1, "asked": 2}
