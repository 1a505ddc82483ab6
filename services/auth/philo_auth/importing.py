"""Brings accounts from another product: `python -m philo_auth.importing < accounts.jsonl`.

A line is `{"email": …, "username": …, "password_hash": …, "phone": …, "created_at": …}`: email and hash, or a phone, or
both; the hash by bcrypt or argon2id; the time may be left out. Its owner logs in with the password they have, and the
hash is brought to today's strength by that. What cannot be taken is told with the number of its line, and the rest is
taken; what was taken before is passed over, so that a run may be repeated.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Self

from pydantic import AwareDatetime, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings
from sqlalchemy.exc import IntegrityError

from philo_contracts.shapes import Value
from philo_kernel.database import engine_for
from philo_kernel.settings import load
from philo_kernel.unit import unit_of_work

from .accounts import add
from .domain import one_spelling
from .ports import Units
from .tables import Account
from .wire import Email, Phone, Username

KNOWN = re.compile(r"\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}|\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[^$\s]+\$[^$\s]+")


class Where(BaseSettings):
    database_url: SecretStr


class Line(Value):
    username: Username
    email: Email | None = None
    phone: Phone | None = None
    password_hash: SecretStr | None = None
    created_at: AwareDatetime | None = None

    @field_validator("password_hash")
    @classmethod
    def _comparable(cls, given: SecretStr | None) -> SecretStr | None:
        if given and not KNOWN.fullmatch(given.get_secret_value()):
            raise ValueError("is no hash by bcrypt or argon2id")
        return given

    @model_validator(mode="after")
    def _can_be_entered(self) -> Self:
        if not self.phone and not (self.email and self.password_hash):
            raise ValueError("needs email and password_hash, or a phone")
        return self

    def account(self, now: datetime) -> Account:
        return Account(
            email=self.email,
            phone=self.phone,
            username=self.username,
            username_folded=one_spelling(self.username),
            password_hash=self.password_hash.get_secret_value() if self.password_hash else None,
            created_at=self.created_at or now,
        )


async def take(units: Units, lines: Iterable[str]) -> tuple[int, list[str]]:
    """How many accounts are new, and what is to be said of the other lines."""
    taken, told = 0, []
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            line = Line.model_validate_json(text)
            async with units() as unit:
                await add(unit, line.account(datetime.now(UTC)))
        except ValidationError as error:
            told.append(f"line {number}: {'; '.join(words(error))}")
        except IntegrityError:
            told.append(f"line {number}: somebody has this email, phone or username already")
        else:
            taken += 1
    return taken, told


def words(error: ValidationError) -> list[str]:
    """What is wrong, without what was given: it may be a hash."""
    parts = error.errors(include_input=False, include_url=False)
    return [f"{'.'.join(map(str, part['loc'])) or 'it'}: {part['msg'].removeprefix('Value error, ')}" for part in parts]


async def take_into(database_url: str, lines: Iterable[str]) -> tuple[int, list[str]]:
    engine = engine_for(database_url, pool=1)
    try:
        return await take(partial(unit_of_work, engine, "auth"), lines)
    finally:
        await engine.dispose()


def main() -> None:
    taken, told = asyncio.run(take_into(load(Where).database_url.get_secret_value(), sys.stdin))
    sys.stderr.writelines(f"{line}\n" for line in told)
    sys.stdout.write(f"{taken} accounts taken, {len(told)} lines not.\n")


if __name__ == "__main__":
    main()
