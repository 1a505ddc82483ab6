"""`python run_server.py HOME PORT`: a PostgreSQL for as long as whoever started this is there.

The password comes in the first line on stdin. One line goes to stdout once the server is ready: empty, or why it is not.
When stdin ends, which it does however the other side ends, the server is stopped and its folder removed.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import sys
from pathlib import Path

from philo.stack import postgres
from philo.stack.errors import StackError
from philo.stack.home import Home
from philo.stack.keeper import Keeper


async def kept(home: Home, port: int) -> None:
    password = await heard()
    keeper = Keeper(postgres.program(home, port, password, throwaway=True), home, lambda: None)
    keeper.start()
    telling, left = asyncio.create_task(tell(keeper)), asyncio.create_task(heard())
    await left
    telling.cancel()
    await keeper.stop()


async def heard() -> str:
    """A line, or nothing when the other side has ended."""
    line: str = await asyncio.to_thread(sys.stdin.readline)
    return line.strip()


async def tell(keeper: Keeper) -> None:
    try:
        await keeper.settled()
    except StackError as error:
        print(" ".join(str(error).split()), flush=True)
    else:
        print(flush=True)


def main() -> None:
    logging.basicConfig(stream=sys.stderr)
    home = Home(Path(sys.argv[1]))
    try:
        asyncio.run(kept(home, int(sys.argv[2])))
    finally:
        shutil.rmtree(home.root, ignore_errors=True)


if __name__ == "__main__":
    main()
