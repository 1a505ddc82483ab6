"""Whose films these are: an account of this machine, made at the first film and remembered beside the stack."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from philo.films.api import Api
from philo.films.errors import Refused


async def enter(api: Api, remembered: Path) -> None:
    """Log in as the remembered user; register one if there is none, or if the stack has forgotten it."""
    if remembered.exists():
        known = json.loads(remembered.read_text())
        try:
            return await api.login(known["email"], known["password"])
        except Refused:
            remembered.unlink()
    name = f"local-{secrets.token_hex(4)}"
    account = {"name": name, "email": f"{name}@philo.example", "password": secrets.token_urlsafe(18)}
    await api.register(**account)
    with os.fdopen(os.open(remembered, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(account, out)
    return None
