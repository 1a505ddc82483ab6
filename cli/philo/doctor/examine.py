"""Put all looks together."""

import asyncio
import os
from collections.abc import Awaitable
from pathlib import Path

from philo.doctor import belongings, clocks, databases, greeting, machine, parts, topics
from philo.doctor.finding import Finding, Verdict, note, wrong
from philo.doctor.troubles import told
from philo.stack import Endpoints, Stack

LONGEST = 20.0
"""Seconds for one look at the servers."""


async def examine(stack: Stack) -> list[Finding]:
    """The machine first; then, if it is running, every part of the stack, what lies in it, and a hello through all of it."""
    found = await asyncio.to_thread(machine.look, stack)
    found += await asyncio.to_thread(belongings.look, models())
    if not stack.is_running():
        return [*found, note("stack", "nothing is running", "`philo up` starts it.")]
    at = stack.endpoints()
    rows = stack.status().rows
    of_parts = await asyncio.gather(*(parts.look(row, at) for row in rows.values()))
    served = not at.services.keys().isdisjoint(rows)  # else nobody has made databases and topics yet
    inside = await asyncio.gather(*(bounded(name, look) for name, look in looks(at, data=served).items()))
    return [*found, *of_parts, *(one for of_look in inside for one in of_look), await greet(stack, at, of_parts)]


def models() -> Path:
    """Where tts keeps the voices that were prepared here."""
    from philo_tts.settings import TtsSettings  # noqa: PLC0415 - other commands do without

    default: Path = TtsSettings.model_fields["tts_models"].default
    return Path(os.environ.get("TTS_MODELS") or default)


def looks(at: Endpoints, *, data: bool) -> dict[str, Awaitable[list[Finding]]]:
    """What is looked into, by the setting that points there; with `data` what services have made there, too."""
    clock: dict[str, Awaitable[list[Finding]]] = {"clocks": alone(clocks.look(at))}
    if not data:
        return clock
    prefix = os.environ.get("TOPIC_PREFIX") or "philo"
    inside = {f"{name}'s data": databases.look(name, url) for name, url in at.databases.items()}
    return {**inside, "topics": topics.look(at.kafka, prefix), **clock}


async def alone(look: Awaitable[Finding]) -> list[Finding]:
    return [await look]


async def bounded(name: str, look: Awaitable[list[Finding]]) -> list[Finding]:
    """Any error is an answer to tell, so all are caught here."""
    try:
        return await asyncio.wait_for(look, LONGEST)
    except TimeoutError:
        return [wrong(name, f"no answer within {LONGEST:.0f} s", "The server behind it is overloaded, or hangs.")]
    except Exception as error:  # noqa: BLE001 - the drivers of four servers share no error
        return [wrong(name, *told(error, "the setting that points there"))]


async def greet(stack: Stack, at: Endpoints, of_parts: list[Finding]) -> Finding:
    """Only where a client could: else what is wrong was told already."""
    gateway = next((one for one in of_parts if one.name == "gateway"), None)
    if gateway is None or gateway.verdict is Verdict.WRONG:
        return note("hello", "was not said: gateway does not answer")
    return await greeting.look(at.gateway, stack.home.root / "doctor.json")
