"""Start Philo on one machine, make a film, look inside."""
