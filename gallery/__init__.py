"""Films of every look, shape and language, made by a real Philo and measured: `make gallery`."""
