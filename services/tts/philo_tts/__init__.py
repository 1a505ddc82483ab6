"""Speaks and plays: narration with word times, background music."""
