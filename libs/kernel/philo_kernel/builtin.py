"""What the kernel itself reacts to, before anything of a service's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from philo_kernel.cancellation import stop_cancelled_work
from philo_kernel.erasure import erase_tenant
from philo_kernel.handler import Handler
from philo_kernel.retrying import lay_work_aside, note_terms, take_work_up


def with_builtin(handlers: Iterable[Handler], listens_to: Sequence[str], *, works: bool) -> list[Handler]:
    """Whoever hears auth forgets who was erased; whoever hears gateway and `works` for jobs knows of their lives."""
    lives = [note_terms, stop_cancelled_work, lay_work_aside, take_work_up] if "gateway" in listens_to and works else []
    erasure = [erase_tenant] if "auth" in listens_to else []
    return [*erasure, *lives, *handlers]
