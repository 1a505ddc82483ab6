"""What `philo doctor` looks at: the machine, then every part of the stack."""
