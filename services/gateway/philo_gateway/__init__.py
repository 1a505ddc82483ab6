"""One origin for clients: projects, jobs and the way of a job through all services."""

__version__ = "0.1.0"
