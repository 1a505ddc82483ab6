"""What was parked is shown as it is."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console
from rich.table import Table

from philo.commands.dlq import row
from philo_kernel.dead_letters import DeadLetter


def letter(error: str) -> DeadLetter:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return DeadLetter(
        7, "event", "hear", "Rang", None, None, "t", 0, 1, None, b"", {}, error, "", 1, None, at, False, None
    )


@pytest.mark.parametrize("error", ["Malformed: [type=json_invalid, input_type=bytes]", "it ends with [/b]", "[red]"])
def test_what_looks_like_markup_is_shown_and_not_obeyed(error: str):
    table, shown = Table(*("" for _ in range(6)), box=None), StringIO()
    table.add_row(*row("tts", letter(error)))
    Console(file=shown, width=200).print(table)
    assert error in shown.getvalue()
