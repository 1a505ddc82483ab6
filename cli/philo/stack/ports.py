"""Free TCP ports on 127.0.0.1."""

import random
import socket

LOOPBACK = "127.0.0.1"
# Below the range from which systems take the source ports of outgoing connections, which come and go.
RANGE = range(20_000, 32_000)


def is_free(port: int) -> bool:
    """Whether nobody listens on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def choose(preferred: int | None, taken: set[int]) -> int:
    """`preferred` if it can be had, else a free port that is not in `taken`."""
    if preferred is not None and preferred not in taken and is_free(preferred):
        return preferred
    dice = random.SystemRandom()
    return next(port for port in iter(lambda: dice.choice(RANGE), None) if port not in taken and is_free(port))
