"""Where and with what it was measured."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import imageio_ffmpeg
import psutil  # type: ignore[import-untyped]

PACKAGES = ("av", "opencv-python-headless", "numpy", "pillow", "moviepy")


def described() -> str:
    """One sentence."""
    memory = psutil.virtual_memory().total / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{_processor()}, {psutil.cpu_count()} virtual cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, {libraries}, ffmpeg {imageio_ffmpeg.get_ffmpeg_version()}, "
        f"{datetime.now(UTC):%Y-%m-%d}, load before the run {psutil.getloadavg()[0]:.1f}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
