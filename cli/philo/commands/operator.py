"""`philo operator`: who runs this installation."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError

from philo.stack import Stack
from philo.stack.errors import StackError
from philo_auth.operators import appoint_in
from philo_kernel.failures import DatabaseAway
from philo_kernel.http.identity import OPERATOR

Who = Annotated[str, typer.Argument(help="The email, the username or the id of an account.")]
Dismiss = Annotated[bool, typer.Option("--dismiss", help="Make a plain user of an operator.")]


def operator(who: Who, dismiss: Dismiss = False) -> None:
    """Let an account run this installation: grant tiers, see dead letters, judge appeals."""
    url = Stack().endpoints().databases["auth"]
    try:
        found = asyncio.run(appoint_in(url, who, None if dismiss else OPERATOR))
    except (OSError, SQLAlchemyError, DatabaseAway) as error:
        raise StackError(f"The database of auth does not answer: {error}. Is the stack up?") from error
    if not found:
        raise StackError(f"There is no account {who!r}. Register it first.")
    words = "is a plain user now" if dismiss else "is an operator now"
    Console(highlight=False).print(
        Text(f"{who} {words}; the next token says so, which comes with a login or a refresh.")
    )
