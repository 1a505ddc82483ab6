"""Says hello to every service, through Kafka: whoever does not answer does not hear, or is not heard."""

import asyncio
import json
import time
from pathlib import Path

from philo.doctor.finding import Finding, fine, note, wrong
from philo.films.account import enter
from philo.films.api import Api, Json
from philo.films.errors import FilmError

PATIENCE = 10.0
"""Seconds; an answer takes some hundredths of one."""
SLOW = 2.0


async def look(gateway: str, account: Path) -> Finding:
    """`account` is where the doctor remembers who it is here."""
    try:
        async with Api.at(gateway) as api:
            await enter(api, account)
            task = (await api.call("POST", "/test/hello", params={"name": "doctor"})).json()["task_id"]
            return judged(await answered(api, task))
    except (FilmError, OSError, json.JSONDecodeError) as error:
        return wrong("hello", f"cannot be said: {error}", "Everything above has to be well first.")


async def answered(api: Api, task: str) -> Json:
    """When all have answered, or patience is over."""
    until = time.monotonic() + PATIENCE
    while True:
        told: Json = (await api.call("GET", f"/test/task/{task}")).json()
        if told["status"] == "completed" or time.monotonic() > until:
            result: Json = told["result"]
            return result
        await asyncio.sleep(0.05)


def judged(result: Json) -> Finding:
    """`result` is what gateway tells of the hello. Pure."""
    if missing := result["missing"]:
        words = f"no answer from {', '.join(missing)} within {PATIENCE:.0f} s"
        advice = f"It does not hear Kafka, or its relay does not send: `philo logs {missing[0]}`."
        return wrong("hello", words, advice)
    slowest, seconds = max(result["answers"].items(), key=lambda one: one[1])
    words = f"every service answers, {slowest} last after {1000 * seconds:.0f} ms"
    return (
        note("hello", words, "It should take a tenth of that: the machine is busy.")
        if seconds > SLOW
        else fine("hello", words)
    )
