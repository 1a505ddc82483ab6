"""The local stack: real servers and the services as plain processes on one machine."""

from philo.stack.endpoints import Endpoints
from philo.stack.errors import StackError
from philo.stack.stack import Stack
from philo.stack.status import Row, State, Status

__all__ = ["Endpoints", "Row", "Stack", "StackError", "State", "Status"]
