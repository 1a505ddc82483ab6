"""Draws, films and joins: pictures, subtitles, H.264, sound."""

__version__ = "0.1.0"
