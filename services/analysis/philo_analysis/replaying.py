"""What analysis keeps beside the facts: nothing of its own, and for the kernel's sake the attempts of jobs."""

from __future__ import annotations

from philo_kernel.replay.projection import Balance
from philo_kernel.replay.projection_known import LIVES

PROJECTIONS = (LIVES,)
BALANCES: tuple[Balance, ...] = ()
