"""Tests share one set of servers; see `philo.testing`."""

pytest_plugins = ["philo.testing"]
