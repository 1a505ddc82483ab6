"""The rate at which everything sounds."""

RATE = 48_000
