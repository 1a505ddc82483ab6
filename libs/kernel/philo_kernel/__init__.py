"""What every Philo service stands on: facts, handlers, tasks, HTTP, telemetry."""
