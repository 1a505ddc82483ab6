"""Adapters, each named after what it talks to."""
