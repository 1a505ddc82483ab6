"""Put all looks together."""

import asyncio

from philo.doctor import machine, parts
from philo.doctor.finding import Finding, note
from philo.stack import Stack


async def examine(stack: Stack) -> list[Finding]:
    """The machine first, then every part of the stack, if it is running."""
    found = await asyncio.to_thread(machine.look, stack)
    if not stack.is_running():
        return [*found, note("stack", "nothing is running", "`philo up` starts it.")]
    at = stack.endpoints()
    rows = stack.status().rows.values()
    return [*found, *await asyncio.gather(*(parts.look(row, at) for row in rows))]
