"""The smallest questions to a server on this machine.

The clients of four servers would be most of the supervisor's start; a line over a socket proves as much.
"""

import asyncio

from philo.stack.ports import LOOPBACK


async def exchange(port: int, question: bytes) -> bytes:
    """Send `question` and return the first line of the answer. Raises `OSError` while nobody listens."""
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    try:
        writer.write(question)
        await writer.drain()
        return await reader.readline()
    finally:
        writer.close()


async def http(port: int, path: str) -> None:
    """Return if `path` answers with 200; raise `ConnectionError` with the status line if not."""
    question = f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nConnection: close\r\n\r\n"
    status = await exchange(port, question.encode())
    if b" 200" not in status:
        raise ConnectionError(f"{path} answers {status!r}")
