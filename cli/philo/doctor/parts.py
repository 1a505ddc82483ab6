"""Looks at the parts of a running stack: does each answer, and what does it say of itself."""

import asyncio

import httpx

from philo.doctor import versions
from philo.doctor.finding import Finding, fine, note, wrong
from philo.doctor.troubles import told
from philo.stack import Endpoints, Row, State
from philo.stack.ask import SERVERS
from philo.stack.endpoints import EXTERNAL

ANSWERS_WITHIN = 5.0  # seconds


async def look(row: Row, at: Endpoints) -> Finding:
    """Ask one part. Any error is an answer to tell, so all are caught here."""
    if row.state is State.FAILED:
        return wrong(row.name, row.trouble, _see_log(row))
    ask = SERVERS.get(row.name)
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            words = await (ask(at) if ask else _service(at.services[row.name]))
    except TimeoutError:
        return wrong(row.name, f"no answer within {ANSWERS_WITHIN:.0f} s", _see_log(row))
    except Exception as error:  # noqa: BLE001 - the drivers of four servers share no error
        words, advice = told(error, EXTERNAL.get(row.name, "its settings"))
        return wrong(row.name, words, advice if row.state is State.EXTERNAL else _see_log(row))
    if found := versions.judged(row.name, words):
        return found
    if row.restarts:
        return note(row.name, f"{words}; it was started again {row.restarts} times", _see_log(row))
    return fine(row.name, words)


def _see_log(row: Row) -> str:
    if row.state is State.EXTERNAL:
        return "A setting points at this server: check the address and the server."
    return f"`philo logs {row.name}` tells more; `philo down` and `philo up` start it afresh."


async def _service(url: str) -> str:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{url}/health/ready")
    failing = [name for name, check in answer.json().get("checks", {}).items() if check.get("status") != "ok"]
    if answer.is_error:
        raise ConnectionError(f"is not ready: {', '.join(failing) or answer.status_code}")
    return f"ready ({url})"
