"""Speaks and plays: narration with word times, background music."""

__version__ = "0.1.0"
