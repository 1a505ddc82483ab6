"""Figures for Prometheus. Each room holds the figures of one matter; `exposition.py` answers `GET /metrics` with all.

Every text of help ends with how the figures of several processes are put together: added up, or the greatest or least
taken, because all of them tell of one and the same thing.
"""
