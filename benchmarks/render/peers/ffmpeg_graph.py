"""The film as one ffmpeg filter graph.

zoompan places its window on whole source pixels, which is seen as trembling. The usual cure is to enlarge the picture
first (`smooth`, to 7,680 px); without it the graph is quick and trembles (`plain`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg

from benchmarks.render.job import CROSS, FPS, HEIGHT, MUSIC, SHOT, WIDTH, ZOOM, Job, start_of

SIZES = {"smooth": "7680:-2", "plain": "iw:ih"}
COLOUR = "flags=bicubic:out_range=tv:out_color_matrix=bt709"
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{fonts}/cache</cachedir></fontconfig>"""


def main(job: Job, out: Path, crf: str, form: str) -> None:
    config = job.font.parent / "fonts.conf"
    config.write_text(FONTCONFIG.format(fonts=job.font.parent))
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y"]
    for source in (*job.pictures, job.voice, job.music):
        command += ["-i", str(source)]
    command += ["-filter_complex", graph(job, form), "-map", "[film]", "-map", "[sound]"]
    command += ["-c:v", "libx264", "-preset", "veryfast", "-crf", crf, "-c:a", "aac", "-b:a", "160k"]
    command += ["-t", str(job.seconds), "-movflags", "+faststart", str(out)]
    subprocess.run(command, check=True, env=os.environ | {"FONTCONFIG_FILE": str(config)})


def graph(job: Job, form: str) -> str:
    """Zooms, crossfades, subtitles and sound, as ffmpeg's filter language."""
    parts = [_zoomed(shot, SIZES[form]) for shot in range(job.shots)]
    for shot in range(1, job.shots):
        fade = f"xfade=transition=fade:duration={CROSS / FPS}:offset={start_of(shot) / FPS}"
        parts.append(f"[{'zoomed0' if shot == 1 else f'faded{shot - 1}'}][zoomed{shot}]{fade}[faded{shot}]")
    style = "FontName=Noto Sans SC,FontSize=14,Bold=1,Outline=1,MarginV=14"
    written = f"subtitles={job.subrip}:fontsdir={job.font.parent}:force_style='{style}'"
    parts.append(f"[faded{job.shots - 1}]{written},format=yuv420p[film]")
    parts.append(f"[{job.shots + 1}:a]volume={MUSIC}[bed];[{job.shots}:a]aformat=channel_layouts=stereo[said]")
    parts.append("[said][bed]amix=inputs=2:duration=first:normalize=0[sound]")
    return ";".join(parts)


def _zoomed(shot: int, size: str) -> str:
    share = f"(on/{SHOT - 1})"
    zoom = f"1+{ZOOM}*(0.55*{share}+0.45*{share}*{share}*(3-2*{share}))"
    window = f"zoompan=z='{zoom}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d={SHOT}:s={WIDTH}x{HEIGHT}:fps={FPS}"
    return f"[{shot}:v]scale={size}:{COLOUR},format=yuv420p,{window},setsar=1,settb=1/{FPS},fps={FPS}[zoomed{shot}]"


if __name__ == "__main__":
    main(Job.told(sys.argv[1], sys.argv[3]), Path(sys.argv[2]), sys.argv[4], sys.argv[5])
