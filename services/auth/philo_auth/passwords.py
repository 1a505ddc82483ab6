"""Hashing passwords: argon2id (RFC 9106, second recommended option), beside the loop, a few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from secrets import token_urlsafe
from typing import TypeVar

import bcrypt
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from philo_kernel.http.problems import ServiceUnavailable

Result = TypeVar("Result")
QUEUE = 32
"""How many may wait for each one that is hashed; a longer queue would only time out later."""
BCRYPT = ("$2a$", "$2b$", "$2y$")


class Passwords:
    """Hashes and compares. A hash that was imported from a bcrypt product still compares, and is `outdated`."""

    def __init__(self, hasher: PasswordHasher, *, at_once: int) -> None:
        self.hasher = hasher
        self.turn = asyncio.Semaphore(at_once)
        self.places = at_once * (QUEUE + 1)
        self.nobodys = hasher.hash(token_urlsafe())

    async def hashed(self, password: str) -> str:
        return await self.beside(lambda: self.hasher.hash(password))

    async def fits(self, password: str, stored: str | None) -> bool:
        """Whether the password is the stored one. Without one it takes as long, and is false."""
        return await self.beside(lambda: self.compare(password, stored or self.nobodys)) and stored is not None

    def outdated(self, stored: str) -> bool:
        return stored.startswith(BCRYPT) or self.hasher.check_needs_rehash(stored)

    def compare(self, password: str, stored: str) -> bool:
        if stored.startswith(BCRYPT):
            # bcrypt has only ever looked at the first 72 bytes.
            return bcrypt.checkpw(password.encode()[:72], stored.encode())
        try:
            return self.hasher.verify(stored, password)
        except VerifyMismatchError:
            return False

    async def beside(self, work: Callable[[], Result]) -> Result:
        if self.places == 0:
            raise ServiceUnavailable("Too many people log in at this moment. Try again in a second.", retry_after=1)
        self.places -= 1
        try:
            async with self.turn:
                return await asyncio.to_thread(work)
        finally:
            self.places += 1
