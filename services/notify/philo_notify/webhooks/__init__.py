"""Webhooks: what happens to jobs, told to their owner's own servers (Standard Webhooks)."""
