"""What analysis hears, how it reacts and what it works on. `main.py` runs it, replay runs it without effects."""

from __future__ import annotations

from philo_analysis.handlers import plan_overruled_reading, plan_reading
from philo_analysis.tasks import read

LISTENS_TO = ("auth", "gateway")
HANDLERS = (plan_reading, plan_overruled_reading)
TASKS = (read,)
