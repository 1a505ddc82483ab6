"""Draws, films and joins: pictures, subtitles, H.264, sound."""
