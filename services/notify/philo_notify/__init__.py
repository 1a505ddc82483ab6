"""Tells whoever asked: a feed per user over WebSocket and SSE."""

__version__ = "0.1.0"
