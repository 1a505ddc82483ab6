"""Who is set up to compose: a key, and where it opens something."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from philo_kernel.outgoing.access import ApiKey, BaseUrl
from philo_kernel.outgoing.line import Terms
from philo_kernel.outgoing.switchboard import Switchboard
from philo_tts.music_providers.dialects import DIALECTS
from philo_tts.music_providers.fallback import Fallback
from philo_tts.music_providers.faults import ProviderFailing
from philo_tts.music_providers.http_composer import HttpComposer


class Account(BaseModel):
    """What the environment says of one provider. Without a key it is not set up; `base_url` and `model` unset are the
    provider's usual ones, `account` is asked for by Mubert only."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    api_key: ApiKey = None
    base_url: BaseUrl | None = None
    account: str = ""
    model: str | None = None


def hired(accounts: Mapping[str, Account], board: Switchboard, terms: Terms) -> Fallback:
    """Composers for every account with a key, by the name of their dialect. Raises KeyError for an unknown one."""
    return Fallback(
        {
            name: HttpComposer(
                board.line(name, "music", terms=terms, who=name.capitalize(), late=ProviderFailing),
                base_url=account.base_url or DIALECTS[name].url,
                api_key=account.api_key.get_secret_value(),
                account=account.account,
                model=account.model,
            )
            for name, account in accounts.items()
            if account.api_key is not None
        }
    )
