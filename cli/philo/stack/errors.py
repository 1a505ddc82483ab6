"""What can go wrong with the local stack, in the words a person needs."""

from collections.abc import Sequence
from pathlib import Path


class StackError(Exception):
    """The local stack could not do what was asked; the message says what to do about it."""


class DiskFull(StackError):
    def __init__(self, folder: Path, free: int, needed: int) -> None:
        super().__init__(
            f"{folder} has {free // 2**20} MB left and Philo needs {needed // 2**20} MB. "
            "Free some space, or set PHILO_HOME to a folder on a larger disk."
        )


class PortTaken(StackError):
    def __init__(self, name: str, port: int) -> None:
        super().__init__(
            f"Port {port}, which {name} uses, was taken by another program while {name} was down. "
            "Run `philo down` and then `philo up`: a free port is chosen then."
        )


class NotInstalled(StackError):
    """A program that the stack starts is not on this machine."""


class NotPermitted(StackError):
    """The machine refuses something that a server needs."""


class DidNotComeUp(StackError):
    """A part of the stack ended, or stayed silent, instead of becoming ready."""

    def __init__(self, name: str, reason: str, tail: Sequence[str] = ()) -> None:
        super().__init__(f"{name} did not come up: {reason}.{_quoted(tail)}")


class MigrationFailed(StackError):
    """The tables of a service could not be brought up to date; no service was started."""

    def __init__(self, code: int, tail: Sequence[str]) -> None:
        super().__init__(f"The databases could not be migrated (exit code {code}).{_quoted(tail)}")


class DidNotAnswer(StackError):
    """A server that a setting points at, or that we started, is silent or refuses us."""

    def __init__(self, setting: str, error: Exception) -> None:
        why = str(error) or type(error).__name__
        super().__init__(
            f"The server at {setting} does not answer as it should: {why}. Check the setting and the server."
        )


class OtherSettings(StackError):
    def __init__(self) -> None:
        super().__init__(
            "The stack is running with other settings (DATABASE_URL, KAFKA_BOOTSTRAP_SERVERS, REDIS_URL, S3_* or "
            "JAEGER_ENDPOINT). Run `philo down` first."
        )


class WithoutExtras(StackError):
    """Services are told where things are when they start."""

    def __init__(self, extras: Sequence[str]) -> None:
        super().__init__(f"The stack is running without {' and '.join(extras)}. Run `philo down` first.")


def _quoted(tail: Sequence[str]) -> str:
    lines = "".join(f"\n  {line}" for line in tail)
    return f" The end of its log:{lines}" if lines else ""
