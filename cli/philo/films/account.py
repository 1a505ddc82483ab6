"""Whose films these are: an account of this machine, made at the first film and remembered beside the stack."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from philo.films.api import Api, Json
from philo.films.errors import Refused
from philo_kernel.private_file import private_file

UNKNOWN = 401


async def enter(api: Api, place: Path) -> None:
    """Log in as the remembered user; register one if there is none, or if the stack has forgotten it."""
    known = remembered(place)
    if known:
        try:
            return await api.login(known["email"], known["password"])
        except Refused as refused:
            if refused.status != UNKNOWN:  # busy, or asked too often: the account is still there
                raise
    account = fresh()
    await api.register(**account)
    remember(place, account)
    return None


def fresh() -> dict[str, str]:
    name = f"local-{secrets.token_hex(4)}"
    return {"name": name, "email": f"{name}@philo.example", "password": secrets.token_urlsafe(18)}


def remembered(place: Path) -> Json | None:
    if not place.exists():
        return None
    known: Json = json.loads(place.read_text())
    return known


def remember(place: Path, account: dict[str, str]) -> None:
    """Only for the eyes of whoever runs it."""
    with private_file(place) as out:
        out.write(json.dumps(account).encode())
