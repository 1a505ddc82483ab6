"""Which programs make up a stack."""

import os
import sys

from philo.stack import jaeger, kafka, postgres, s3, valkey
from philo.stack.endpoints import EXTERNAL, JAEGER, Endpoints
from philo.stack.home import Home
from philo.stack.knock import http
from philo.stack.program import Command, Program
from philo.stack.record import Record
from philo.stack.services import SERVICES, ServiceSpec, environment
from philo.stack.wanted import Wanted


def servers(home: Home, record: Record, wanted: Wanted) -> list[Program]:
    """The servers to start, the slowest first; those that a setting points at are left out."""
    at, secret, throwaway = record.ports, record.secrets, wanted.throwaway
    every = [
        kafka.program(home, at["kafka"], at["kafka-controller"]),
        postgres.program(home, at["postgres"], secret["postgres"], throwaway=throwaway),
        s3.program(home, at["s3"], secret["s3-access"], secret["s3-secret"]),
        valkey.program(home, at["valkey"], secret["valkey"], throwaway=throwaway),
    ]
    return [program for program in every if EXTERNAL[program.name] not in wanted.external] + extras(record, wanted)


def extras(record: Record, wanted: Wanted) -> list[Program]:
    """What was asked for beside the servers, and runs nowhere else."""
    own = jaeger.NAME in wanted.extras and JAEGER not in wanted.external
    return [jaeger.program(record.ports["jaeger"], record.ports["jaeger-page"])] if own else []


def services(record: Record, at: Endpoints) -> list[Program]:
    """The services, with the environment that tells each where the others are."""
    return [_service(spec, record, at) for spec in SERVICES]


def _service(spec: ServiceSpec, record: Record, at: Endpoints) -> Program:
    async def ready() -> None:
        await http(record.ports[spec.name], "/health/ready")

    def prepare() -> Command:
        settings = {**os.environ, "PYTHONUNBUFFERED": "1", **environment(spec, at, record)}
        return Command((sys.executable, "-m", spec.module), settings)

    return Program(name=spec.name, port=record.ports[spec.name], prepare=prepare, ready=ready)
