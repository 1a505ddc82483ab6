"""Philo as its users and its machines meet it: whole, over the wire, and while parts of it are killed."""
