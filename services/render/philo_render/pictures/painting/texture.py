"""Endless square textures, the same for everyone: paper, chalk dust, brush hairs. Values 0..1, mean about 0.5."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from philo_render.pictures.painting.colour import Pixels

_SIDE = 512


def _wrapped(raw: Pixels, across: float, down: float) -> Pixels:
    """Blurred so that opposite edges still meet."""
    pad = int(4 * max(across, down)) + 1
    wide = np.pad(raw, pad, mode="wrap")
    soft = cv2.GaussianBlur(wide, (0, 0), across, sigmaY=down)[pad:-pad, pad:-pad]
    return np.asarray((soft - soft.mean()) / (soft.std() + 1e-6), np.float32)


def _noise(seed: int) -> Pixels:
    return np.random.default_rng(seed).normal(0, 1, (_SIDE, _SIDE)).astype(np.float32)


def _even(field: Pixels) -> Pixels:
    return np.asarray(np.clip(0.5 + field * 0.22, 0, 1), np.float32)


@lru_cache(8)
def dust(seed: int = 11, grain: float = 0.9) -> Pixels:
    """Round grains, `grain` pixels wide, on patches of more and less."""
    return _even(0.8 * _wrapped(_noise(seed), grain, grain) + 0.6 * _wrapped(_noise(seed + 1), 7, 7))


@lru_cache(8)
def strokes(seed: int = 23, across: float = 14.0, down: float = 1.1, slant: int = 1) -> Pixels:
    """Marks of a broad tool, pixels; `slant` is how many columns they move a row, whole so that the edges meet."""
    level = _wrapped(_noise(seed), across, down)
    moved = np.stack([np.roll(row, slant * y) for y, row in enumerate(level)])
    return _even(moved)


@lru_cache(8)
def fibres(seed: int = 37) -> Pixels:
    """Handmade paper: long faint threads both ways and clouds of pulp."""
    across, down = _wrapped(_noise(seed), 9, 0.8), _wrapped(_noise(seed + 1), 0.8, 9)
    return _even(0.55 * across + 0.55 * down + 0.6 * _wrapped(_noise(seed + 2), 26, 26))
