"""How states are shown on a terminal."""

from philo.stack import Row, State

MARKS = {
    State.WAITING: "[dim]·[/]",
    State.STARTING: "[yellow]◐[/]",
    State.READY: "[green]●[/]",
    State.RESTARTING: "[yellow]↻[/]",
    State.FAILED: "[red]✗[/]",
    State.STOPPED: "[dim]○[/]",
    State.EXTERNAL: "[cyan]↗[/]",
}
TITLES = {"postgres": "PostgreSQL", "kafka": "Kafka", "valkey": "Valkey", "s3": "S3", "jaeger": "Jaeger"}
UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def title(name: str) -> str:
    """A server by its proper name, a service by its own."""
    return TITLES.get(name, name)


def state(row: Row) -> str:
    """The mark and the word of a state."""
    return f"{MARKS[row.state]} {row.state}"


def where(row: Row) -> str:
    """The address of a part, as far as it is ours to know."""
    return "elsewhere" if row.state is State.EXTERNAL else f"127.0.0.1:{row.port}"


def duration(seconds: float) -> str:
    """The two largest units that matter: `42 s`, `3 min 5 s`, `2 h 7 min`."""
    left, words = int(seconds), []
    for unit, size in UNITS:
        count, left = divmod(left, size)
        if count:
            words.append(f"{count} {unit}")
    return " ".join(words[:2]) or "0 s"
