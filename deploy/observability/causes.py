"""Alerts on what will hurt people soon, or hurts somebody already whom no average shows."""

from __future__ import annotations

from deploy.observability.rules import Rule, alert

COMPONENTS = ("gateway", "auth", "analysis", "tts", "render", "notify")


def gone(component: str) -> Rule:
    return alert(
        "PhiloServiceGone",
        f'absent_over_time(philo_build_info{{component="{component}"}}[3m])',
        severity="page",
        after="1m",
        summary=f"No process of {component} tells its figures.",
        component=component,
    )


CAUSES = (
    *(gone(component) for component in COMPONENTS),
    alert(
        "PhiloNotReady",
        "max by (component) (service_ready) == 0",
        severity="page",
        after="5m",
        summary="No process of {{ $labels.component }} takes part: it waits for a server or for its place in the group.",
    ),
    alert(
        "PhiloDatabaseSilent",
        'min by (component) (figures_readable{source="tables"}) == 0',
        severity="page",
        after="2m",
        summary="The database of {{ $labels.component }} does not answer in time.",
    ),
    alert(
        "PhiloBrokerSilent",
        'min by (component) (figures_readable{source="lag"}) == 0',
        severity="page",
        after="5m",
        summary="Kafka does not tell {{ $labels.component }} how far its topics are.",
    ),
    alert(
        "PhiloOutboxStuck",
        "max by (component) (outbox_age_seconds) > 60",
        severity="page",
        after="2m",
        summary="A fact of {{ $labels.component }} has waited {{ $value | humanizeDuration }} to be published.",
    ),
    alert(
        "PhiloConsumerStuck",
        "max by (component, instance) (consumer_in_hand_age_seconds) > 60 "
        "and max by (component, instance) (rate(consumer_run_duration_seconds_count[5m])) == 0",
        severity="page",
        after="2m",
        summary="{{ $labels.component }} holds a record that it cannot settle, and handles nothing else.",
    ),
    alert(
        "PhiloConsumerBehind",
        "sum by (component, topic) (consumer_lag_records) > 5000",
        severity="ticket",
        after="10m",
        summary="{{ $labels.component }} is {{ $value | humanize }} records behind on {{ $labels.topic }}.",
    ),
    alert(
        "PhiloTasksWait",
        'max by (component, task) (task_age_seconds{priority="high"}) > 300 '
        'or max by (component, task) (task_age_seconds{priority="default"}) > 900 '
        'or max by (component, task) (task_age_seconds{priority="low"}) > 3600',
        severity="page",
        after="5m",
        summary="{{ $labels.task }} of {{ $labels.component }} has waited {{ $value | humanizeDuration }} to be begun.",
    ),
    alert(
        "PhiloTasksFail",
        "sum by (component, task) (rate(task_failures_total[15m])) / sum by (component, task) "
        '(rate(task_duration_seconds_count{outcome="ended"}[15m])) > 0.1 '
        "and sum by (component, task) (increase(task_failures_total[15m])) > 3",
        severity="page",
        after="5m",
        summary="{{ $value | humanizePercentage }} of {{ $labels.task }} are given up.",
    ),
    alert(
        "PhiloParked",
        "max by (component, kind) (dead_letters) > 0",
        severity="ticket",
        after="1m",
        summary="{{ $value }} of kind {{ $labels.kind }} lie in the dead letters of {{ $labels.component }}.",
    ),
    alert(
        "PhiloPartRestarts",
        "sum by (component, part) (increase(service_part_restarts_total[10m])) > 5",
        severity="ticket",
        after="5m",
        summary="{{ $labels.part }} of {{ $labels.component }} fails again and again.",
    ),
    alert(
        "PhiloProviderUnwell",
        "min by (work, provider) (provider_health_status) == 0",
        severity="ticket",
        after="5m",
        summary="{{ $labels.provider }} ({{ $labels.work }}) is left alone; others do its work, or wait.",
    ),
    alert(
        "PhiloSpendsFast",
        "sum(increase(provider_cost_dollars_total[1h])) > 50",
        severity="page",
        after="1m",
        summary="${{ $value | humanize }} were spent on providers within an hour.",
    ),
    alert(
        "PhiloCallsUnpriced",
        "sum by (work, provider) (increase(provider_calls_unpriced_total[1h])) > 0",
        severity="ticket",
        after="1m",
        summary="Calls of {{ $labels.provider }} have no price: budgets do not see them.",
    ),
    alert(
        "PhiloPoolEmpty",
        "max by (component, instance) (database_pool_in_use / database_pool_size) > 0.9",
        severity="page",
        after="5m",
        summary="{{ $labels.component }} has all its connections to the database in use.",
    ),
    alert(
        "PhiloLoopBlocked",
        "histogram_quantile(0.9, sum by (component, instance, le) (rate(event_loop_lag_seconds_bucket[5m]))) > 0.5",
        severity="ticket",
        after="5m",
        summary="Something blocks the event loop of {{ $labels.component }}: everything there waits.",
    ),
    alert(
        "PhiloRefusesMany",
        'sum(rate(api_request_duration_seconds_count{component="gateway", status="429"}[15m])) '
        '/ sum(rate(api_request_duration_seconds_count{component="gateway"}[15m])) > 0.2',
        severity="ticket",
        after="15m",
        summary="{{ $value | humanizePercentage }} of all requests are refused as too many.",
    ),
    alert(
        "PhiloPromisesOff",
        "histogram_quantile(0.5, sum by (le) (rate(queue_estimate_error_ratio_bucket[6h]))) > 1",
        severity="ticket",
        after="1h",
        summary="Half of the films take twice as long as was told, or none of it.",
    ),
)
