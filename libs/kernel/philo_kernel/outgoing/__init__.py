"""Asking those who work for money. `line.py` is the way to one of them: every request of every service goes through it."""
