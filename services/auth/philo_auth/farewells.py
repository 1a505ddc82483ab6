"""Somebody deletes their account: here at once, and everywhere else because of the fact that is said of it."""

from __future__ import annotations

from dataclasses import dataclass

from philo_contracts.events.auth import UserErased
from philo_kernel import erasure
from philo_kernel.http.problems import Forbidden

from .accounts import gone
from .ports import Units
from .tables import Account

NO_SUCH_PROOF = "This account cannot be confirmed so. Send its password, or the code that its phone was just sent."
WRONG_PROOF = "Nothing was deleted: the password or the code is wrong. Check it, or ask for a new code."

ANSWERS = """
    delete from idempotency_key where owner = 'user/' || $1::text
      or owner in (select 'key/' || id from api_key where user_id = $1::text::uuid)"""
CODE = "delete from phone_code where phone = $1"
# Logins, keys, secrets and the subscription go with it: their rows refer to this one.
ACCOUNT = "delete from account where id = $1 returning true"


class NotConfirmed(Forbidden):
    slug, title = "not-confirmed", "It is not proved that this is you"


@dataclass(frozen=True)
class Farewells:
    units: Units

    async def erase(self, account: Account) -> None:
        """All that auth has of them, and the word to everybody else. Raises `Unauthorized` if they are gone already."""
        user = str(account.id)
        async with self.units() as unit:
            await unit.connection.execute(ANSWERS, user)
            if not await unit.connection.fetchval(ACCOUNT, account.id):
                raise gone()
            if account.phone:
                await unit.connection.execute(CODE, account.phone)
            await erasure.erase(unit.connection, user)
            unit.say(UserErased(user=user), stream=f"erasure/{user}")
