"""A process that has no part in its service's API answers for itself alone."""

from __future__ import annotations

from fastapi import FastAPI

from .operation import OPERATION


def withdraw(api: FastAPI) -> None:
    """Leave of its paths only those that every process answers; all others are not found."""
    api.router.routes[:] = [route for route in api.router.routes if getattr(route, "path", None) in OPERATION]
