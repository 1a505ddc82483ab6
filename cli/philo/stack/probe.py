"""Waiting for a program: for its port before it starts, for its first answer after."""

import asyncio

from philo.stack.errors import PortTaken
from philo.stack.ports import is_free
from philo.stack.program import Program

PROBE_EVERY = 0.03  # seconds
PROBE_AT_MOST = 10.0
PORT_FREE_WITHIN = 3.0


async def port_free(program: Program) -> None:
    """Wait for the port: the children of a killed server may hold it for a moment.

    Raises:
        PortTaken: it is not let go of.
    """
    try:
        async with asyncio.timeout(PORT_FREE_WITHIN):
            while not is_free(program.port):  # noqa: ASYNC110 - nobody tells when a port is let go of
                await asyncio.sleep(PROBE_EVERY)
    except TimeoutError as error:
        raise PortTaken(program.name, program.port) from error


async def answering(program: Program) -> None:
    """Ask until it answers. Every error means not yet: how a young server refuses is its own affair."""
    while True:
        try:
            async with asyncio.timeout(PROBE_AT_MOST):
                return await program.ready()
        except Exception:  # noqa: BLE001
            await asyncio.sleep(PROBE_EVERY)
