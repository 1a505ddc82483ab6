"""Requests that are signed instead of sent with credentials."""
