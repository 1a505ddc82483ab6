"""The HTTP surface against its own document."""
