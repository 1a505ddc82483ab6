"""Programs whose supervisor was killed: they hold ports and data folders that the next start needs."""

import signal
from concurrent.futures import ThreadPoolExecutor

from philo.stack import processes, status
from philo.stack.home import Home


def end(home: Home) -> None:
    """End what a dead supervisor left running, as gently as it would have. Pids that now name others are let be."""
    left = [row for row in status.load(home).rows.values() if row.pid is not None and row.start is not None]
    with ThreadPoolExecutor(max_workers=max(1, len(left))) as pool:
        for row in left:
            pool.submit(processes.end, row.pid or 0, row.start or 0.0, signal.Signals(row.stop_signal), row.grace)
