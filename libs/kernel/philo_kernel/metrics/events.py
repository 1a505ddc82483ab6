"""How facts go from topic to handler, and from table to topic."""

from __future__ import annotations

from philo_kernel.metrics.instruments import LONG, QUICK, counter, gauge, histogram

HANDLED = histogram(
    "handler_duration_seconds", "A handler's reaction to one fact, inside its unit of work.", "handler", buckets=QUICK
)
FAILURES = counter(
    "handler_failures_total",
    "Reactions that did not go well: tried again, waiting for the database, or parked for good.",
    "handler",
    "outcome",
)
RUNS = histogram(
    "consumer_run_duration_seconds",
    "What one poll brought of a partition, from the first look to its commit.",
    buckets=QUICK,
).of()
AGES = histogram(
    "consumer_fact_age_seconds",
    "How long ago the oldest fact of a run was published, once it is handled.",
    buckets=LONG,
).of()
ALONE = counter(
    "consumer_runs_settled_alone_total", "Runs of which something failed, so that each fact went alone."
).of()
PUBLISHED = counter("relay_facts_published_total", "Facts that the broker has on disk.").of()
RESTARTS = counter("service_part_restarts_total", "Parts of a service that failed and were started again.", "part")
LEADS = gauge("relay_holds_lock", "1 in the process that publishes the facts of its database.").of()
