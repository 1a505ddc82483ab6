"""Who a film tells of, for people to read."""

from __future__ import annotations

from philo_analysis.scenes.cast import Cast
from philo_analysis.scenes.figures import Figure

MOST = 6
_OFTEN = 2


def characters(cast: Cast) -> tuple[str, ...]:
    """Names and roles, most told of first: `Clover`, `old lighthouse keeper`, `老茶农`. At most 6.

    An animal is one of them where the film returns to it or names it.
    """
    acting = sorted(filter(_acts, cast.figures), key=lambda figure: (-figure.told, not figure.name))
    return tuple(dict.fromkeys(figure.known_as for figure in acting))[:MOST]


def _acts(figure: Figure) -> bool:
    return bool(figure.name) or not figure.is_animal or (figure.told >= _OFTEN and figure.gender != "many")
