"""What render hears, how it reacts and what it works on. `main.py` runs it, replay runs it without effects."""

from __future__ import annotations

from philo_contracts.events import RenderSaidHello
from philo_kernel.clearing import clear
from philo_kernel.hello import saying
from philo_render.erasure import erase_films
from philo_render.handlers import advance_film, note_brought, plan_export, plan_ingest
from philo_render.tasks import draw, export, ingest, join, mix, paint

LISTENS_TO = ("auth", "gateway", "analysis", "tts", "render")
HANDLERS = (erase_films, advance_film, note_brought, plan_ingest, plan_export, saying(RenderSaidHello))
TASKS = (paint, draw, mix, join, ingest, export, clear)
