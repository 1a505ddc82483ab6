"""Tells whoever asked: a feed per user over WebSocket and SSE."""
