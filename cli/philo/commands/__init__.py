"""The commands of `philo`, one a module."""
