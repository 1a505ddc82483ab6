"""How far a consumer is behind what its topics hold. A hint: the truth of what was handled is the inbox."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable

from prometheus_client.core import GaugeMetricFamily, Metric

from philo_kernel.metrics.instruments import MAX, SUM
from philo_kernel.subscription import Subscription


class Lag:
    """Of this process's own partitions. Nothing is told while it takes no part in its group."""

    def __init__(self, subscription: Subscription) -> None:
        self.subscription = subscription

    async def read(self) -> Iterable[Metric]:
        """Raises what a broker that is away raises."""
        behind = GaugeMetricFamily("consumer_lag_records", f"Records not handled yet.{SUM}", labels=["topic"])
        consumer, handled = self.subscription.consumer, self.subscription.handled
        if consumer is None:
            return []
        ends = await consumer.end_offsets(list(consumer.assignment()))
        totals = Counter({place.topic: 0 for place in ends})
        for place, end in ends.items():
            at = handled[place] if place in handled else await consumer.position(place)
            totals[place.topic] += max(0, end - at)
        for topic, total in totals.items():
            behind.add_metric([topic], total)
        return [behind, self.in_hand()]

    def in_hand(self) -> Metric:
        oldest = min(self.subscription.in_hand.values(), default=None)
        age = 0.0 if oldest is None else max(0.0, time.time() - oldest / 1000)
        return GaugeMetricFamily(
            "consumer_in_hand_age_seconds", f"How old the oldest record is that is being handled now.{MAX}", value=age
        )
