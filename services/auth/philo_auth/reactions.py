"""What auth hears and how it reacts. `main.py` runs it, replay runs it without effects."""

from __future__ import annotations

from philo_contracts.events import AuthSaidHello, NotifySaidHello
from philo_kernel.hello import saying
from philo_kernel.work import Task

from .activity import note_activity

LISTENS_TO = ("gateway", "notify")
HANDLERS = (saying(AuthSaidHello, to=NotifySaidHello), note_activity)
TASKS: tuple[Task, ...] = ()
