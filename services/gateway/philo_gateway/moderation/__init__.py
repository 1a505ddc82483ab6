"""Operators look again at words that were refused."""
