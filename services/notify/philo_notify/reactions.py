"""What notify hears, how it reacts and what it works on. `main.py` runs it, replay runs it without effects."""

from __future__ import annotations

from philo_contracts.events import NotifySaidHello
from philo_kernel.handler import Handler
from philo_kernel.hello import saying
from philo_kernel.known_keys import know_api_key
from philo_kernel.known_sessions import know_ended_sessions
from philo_notify.erasure import forgetting
from philo_notify.handlers import Wake, telling
from philo_notify.webhooks.tasks import deliver

LISTENS_TO = ("gateway", "auth")
TASKS = (deliver,)


def handlers(wake: Wake) -> tuple[Handler, ...]:
    """`wake` is told whose feeds have grown."""
    return forgetting(wake), telling(wake), know_api_key, know_ended_sessions, saying(NotifySaidHello)
