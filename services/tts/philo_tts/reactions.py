"""What tts hears, how it reacts and what it works on. `main.py` runs it, replay runs it without effects."""

from __future__ import annotations

from philo_contracts.events import TtsSaidHello
from philo_kernel.hello import saying
from philo_tts.handlers import plan_music, plan_narration
from philo_tts.tasks import compose, narrate

LISTENS_TO = ("auth", "gateway", "analysis", "render")
HANDLERS = (plan_narration, plan_music, saying(TtsSaidHello))
TASKS = (narrate, compose)
