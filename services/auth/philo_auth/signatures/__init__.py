"""Secrets that people sign requests with."""
