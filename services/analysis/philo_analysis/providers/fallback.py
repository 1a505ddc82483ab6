"""Language models in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Sequence

from philo_analysis.reading import Reader, Reading, ReadingRequest
from philo_kernel.outgoing.faults import Failing, LeftAlone, Rejected


class FallbackReader:
    """Asks the next when one cannot. A text that one refuses is not carried to another."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self._readers = readers

    async def read(self, request: ReadingRequest) -> Reading:
        """Raises what the last one raises."""
        *others, last = self._readers
        for reader in others:
            try:
                return await reader.read(request)
            except (Failing, LeftAlone, Rejected):
                continue
        return await last.read(request)
