"""Makes an account an operator, or a plain user again: `python -m philo_auth.operators ada@example.org [--dismiss]`.

It needs the database and nothing else: whoever may write there may say who runs this installation.
"""

from __future__ import annotations

import asyncio
import sys

from pydantic import SecretStr
from pydantic_settings import BaseSettings
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.database import engine_for
from philo_kernel.http.identity import OPERATOR
from philo_kernel.settings import load

APPOINT = "update account set role = :role where email = :who or id::text = :who or username_folded = :who"
USAGE = "usage: python -m philo_auth.operators EMAIL-OR-USERNAME-OR-ID [--dismiss]\n"


class Where(BaseSettings):
    database_url: SecretStr


async def appoint(engine: AsyncEngine, who: str, role: str | None) -> bool:
    """Give the account this role, or none; its next access token says so. False if there is no such account."""
    async with engine.connect() as connection:
        changed = await connection.execute(text(APPOINT), {"role": role, "who": who.strip().casefold()})
    return changed.rowcount == 1


async def appoint_in(database_url: str, who: str, role: str | None) -> bool:
    engine = engine_for(database_url, pool=1)
    try:
        return await appoint(engine, who, role)
    finally:
        await engine.dispose()


def main() -> None:
    who = [word for word in sys.argv[1:] if word != "--dismiss"]
    role = None if "--dismiss" in sys.argv else OPERATOR
    if len(who) != 1:
        sys.stderr.write(USAGE)
        raise SystemExit(2)
    if not asyncio.run(appoint_in(load(Where).database_url.get_secret_value(), who[0], role)):
        sys.stderr.write(f"There is no account {who[0]!r}. Register it first.\n")
        raise SystemExit(1)
    sys.stdout.write(
        f"{who[0]} is {role or 'a plain user'} now; log in again, or refresh, to have a token that says so.\n"
    )


if __name__ == "__main__":
    main()
