"""Passwords are hashed well, beside the loop, and never too many at once."""

import asyncio
import threading

import bcrypt
import pytest
from argon2 import PasswordHasher

from philo_auth.passwords import QUEUE, Passwords
from philo_kernel.http.problems import ServiceUnavailable

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Watched(PasswordHasher):
    """Counts how many verify at once; each waits to be let go."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.inside, self.most, self.verified, self.lock = 0, 0, [], threading.Lock()
        self.entered, self.go = threading.Semaphore(0), threading.Event()

    def verify(self, stored, password):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.verified.append(stored)
        self.entered.release()
        self.go.wait(timeout=10)
        with self.lock:
            self.inside -= 1
        return super().verify(stored, password)


async def test_a_password_fits_its_hash_and_no_other():
    passwords = Passwords(CHEAP, at_once=1)
    stored = await passwords.hashed("correct horse")
    assert stored.startswith("$argon2id$")
    assert await passwords.fits("correct horse", stored)
    assert not await passwords.fits("wrong horse", stored)


async def test_nobodys_password_is_compared_just_the_same_and_never_fits():
    hasher = Watched()
    hasher.go.set()
    assert not await Passwords(hasher, at_once=1).fits("correct horse", None)
    assert len(hasher.verified) == 1


async def test_an_imported_bcrypt_hash_fits_and_is_outdated():
    passwords = Passwords(CHEAP, at_once=1)
    long = "x" * 100
    stored = bcrypt.hashpw(long.encode()[:72], bcrypt.gensalt(4)).decode()
    assert await passwords.fits(long, stored)
    assert not await passwords.fits("wrong", stored)
    assert passwords.outdated(stored)


async def test_a_hash_of_older_strength_is_outdated():
    stored = await Passwords(CHEAP, at_once=1).hashed("correct horse")
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    assert Passwords(stronger, at_once=1).outdated(stored)
    assert not Passwords(CHEAP, at_once=1).outdated(stored)


async def test_no_more_than_the_bound_are_hashed_at_once():
    hasher = Watched()
    passwords = Passwords(hasher, at_once=2)
    all_of_them = asyncio.gather(*(passwords.fits("x", None) for _ in range(6)))
    for _ in range(2):
        await asyncio.to_thread(hasher.entered.acquire)
    hasher.go.set()
    await all_of_them
    assert hasher.most == 2


async def test_a_queue_that_is_too_long_is_refused_and_recovers():
    hasher = Watched()
    passwords = Passwords(hasher, at_once=1)
    waiting = [asyncio.create_task(passwords.fits("x", None)) for _ in range(QUEUE + 1)]
    await asyncio.sleep(0)
    with pytest.raises(ServiceUnavailable):
        await passwords.fits("x", None)
    hasher.go.set()
    await asyncio.gather(*waiting)
    assert not await passwords.fits("x", None)
