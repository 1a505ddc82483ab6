"""What it is made of: requests, facts, tasks, processes."""

from __future__ import annotations

from deploy.observability.asking import IT, SPAN, quantile, quantiles, rate
from deploy.observability.panels import Line, Panel, Row

QUIET = "transparent"

API = Row(
    "Requests: rate, errors, durations",
    [
        Panel(
            "Requests",
            [Line(rate(f"api_request_duration_seconds_count{{{IT}}}", "component"), "{{component}}")],
            "reqps",
        ),
        Panel(
            "Refused and broken",
            [
                Line(
                    rate(f'api_request_duration_seconds_count{{{IT}, status=~"[45]..|499"}}', "component, status"),
                    "{{component}} {{status}}",
                )
            ],
            "reqps",
            stacked=True,
        ),
        Panel("Until the answer begins", quantiles(f"api_request_duration_seconds{{{IT}}}"), "s"),
        Panel(
            "Busiest paths",
            [
                Line(
                    f"topk(10, {rate(f'api_request_duration_seconds_count{{{IT}}}', 'method, route')})",
                    "{{method}} {{route}}",
                )
            ],
            "reqps",
        ),
        Panel(
            "Slowest paths, p95",
            [
                Line(
                    f"topk(10, {quantile(0.95, f'api_request_duration_seconds{{{IT}}}', 'method, route')})",
                    "{{method}} {{route}}",
                )
            ],
            "s",
        ),
        Panel("In progress", [Line(f"sum by (component) (api_requests_in_progress{{{IT}}})", "{{component}}")]),
    ],
)

FACTS = Row(
    "Facts: from table to topic to handler",
    [
        Panel(
            "Handled",
            [Line(rate(f"handler_duration_seconds_count{{{IT}}}", "component, handler"), "{{component}} {{handler}}")],
            "ops",
            stacked=True,
        ),
        Panel(
            "A handler's time, p95",
            [
                Line(
                    quantile(0.95, f"handler_duration_seconds{{{IT}}}", "component, handler"),
                    "{{component}} {{handler}}",
                )
            ],
            "s",
        ),
        Panel(
            "Not well",
            [
                Line(
                    rate(f"handler_failures_total{{{IT}}}", "component, handler, outcome"),
                    "{{component}} {{handler}}: {{outcome}}",
                )
            ],
            "ops",
            stacked=True,
        ),
        Panel(
            "Age when handled, p95",
            [Line(quantile(0.95, f"consumer_fact_age_seconds{{{IT}}}", "component"), "{{component}}")],
            "s",
        ),
        Panel(
            "Behind",
            [Line(f"sum by (component) (consumer_lag_records{{{IT}}})", "{{component}}")],
            words="Records in topics that are not handled yet.",
        ),
        Panel(
            "Oldest in the outbox",
            [Line(f"max by (component) (outbox_age_seconds{{{IT}}})", "{{component}}")],
            "s",
            bounds=((None, QUIET), (60, "red")),
        ),
    ],
)

TASKS = Row(
    "Tasks: the long work",
    [
        Panel(
            "Tries that end",
            [Line(rate(f"task_duration_seconds_count{{{IT}}}", "task, outcome"), "{{task}}: {{outcome}}")],
            "ops",
            stacked=True,
        ),
        Panel("A try's time, p95", [Line(quantile(0.95, f"task_duration_seconds{{{IT}}}", "task"), "{{task}}")], "s"),
        Panel(
            "Given up",
            [Line(rate(f"task_failures_total{{{IT}}}", "component, task"), "{{component}} {{task}}")],
            "ops",
            stacked=True,
        ),
        Panel(
            "Oldest that waits, by priority",
            [Line(f"max by (component, priority) (task_age_seconds{{{IT}}})", "{{component}} {{priority}}")],
            "s",
        ),
        Panel(
            "Waiting",
            [Line(f"max by (component, task) (tasks_waiting{{{IT}}})", "{{component}} {{task}}")],
            stacked=True,
        ),
        Panel(
            "Workers in use",
            [
                Line(
                    f"sum by (component) (tasks_running{{{IT}}}) / sum by (component) (worker_capacity_tasks{{{IT}}} > 0)",
                    "{{component}}",
                )
            ],
            "percentunit",
            most=1,
        ),
        Panel("From due to begun, p95", [Line(quantile(0.95, f"task_wait_seconds{{{IT}}}", "task"), "{{task}}")], "s"),
        Panel(
            "Dead letters",
            [Line(f"max by (component, kind) (dead_letters{{{IT}}})", "{{component}} {{kind}}")],
            bounds=((None, QUIET), (1, "red")),
        ),
        Panel("Webhooks", [Line(rate("webhook_deliveries_total", "outcome"), "{{outcome}}")], "ops", stacked=True),
    ],
)

PROCESSES = Row(
    "Processes",
    [
        Panel(
            "CPU",
            [Line(f"sum by (component) (rate(process_cpu_seconds_total{{{IT}}}[{SPAN}]))", "{{component}}")],
            "short",
            "Cores, without child processes.",
        ),
        Panel(
            "Memory",
            [
                Line(
                    f"max by (component, instance) (process_resident_memory_bytes{{{IT}}})",
                    "{{component}} {{instance}}",
                )
            ],
            "bytes",
            "Without child processes.",
        ),
        Panel(
            "Event loop late, p99",
            [Line(quantile(0.99, f"event_loop_lag_seconds{{{IT}}}", "component"), "{{component}}")],
            "s",
        ),
        Panel(
            "Connections to the database in use",
            [
                Line(
                    f"max by (component, instance) (database_pool_in_use{{{IT}}} / database_pool_size{{{IT}}})",
                    "{{component}} {{instance}}",
                )
            ],
            "percentunit",
            most=1,
        ),
        Panel(
            "Parts that start again",
            [
                Line(
                    f"sum by (component, part) (increase(service_part_restarts_total{{{IT}}}[{SPAN}]))",
                    "{{component}} {{part}}",
                )
            ],
            stacked=True,
        ),
        Panel("Ready processes", [Line(f"sum by (component) (service_ready{{{IT}}})", "{{component}}")]),
    ],
)
