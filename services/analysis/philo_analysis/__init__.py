"""Reads a script: moderation, language, scenes."""
