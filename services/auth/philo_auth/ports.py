"""What every room of auth is given: transactions, and the time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from philo_kernel.unit import Unit

Units = Callable[[], AbstractAsyncContextManager[Unit]]
Clock = Callable[[], datetime]
