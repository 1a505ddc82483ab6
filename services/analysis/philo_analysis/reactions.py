"""What analysis hears, how it reacts and what it works on. `main.py` runs it, replay runs it without effects."""

from __future__ import annotations

from philo_analysis.handlers import plan_overruled_reading, plan_reading
from philo_analysis.tasks import read
from philo_contracts.events import AnalysisSaidHello
from philo_kernel.hello import saying

LISTENS_TO = ("auth", "gateway")
HANDLERS = (plan_reading, plan_overruled_reading, saying(AnalysisSaidHello))
TASKS = (read,)
