"""Reads a script: moderation, language, scenes."""

__version__ = "0.1.0"
