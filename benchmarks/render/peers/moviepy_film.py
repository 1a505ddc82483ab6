"""The film as MoviePy 2 would have it written."""

from __future__ import annotations

import sys
from pathlib import Path

from moviepy import (
    AudioFileClip,
    CompositeAudioClip,
    CompositeVideoClip,
    ImageClip,
    TextClip,
    afx,
    vfx,
)

from benchmarks.render.job import CROSS, FPS, HEIGHT, MUSIC, SHOT, WIDTH, Job, enlargement, start_of


def main(job: Job, out: Path, crf: str) -> None:
    shots = [_shot(job, shot) for shot in range(job.shots)]
    film = CompositeVideoClip([*shots, *_texts(job)], size=(WIDTH, HEIGHT)).with_duration(job.seconds)
    film.audio = _sound(job)
    film.write_videofile(
        str(out),
        fps=FPS,
        codec="libx264",
        preset="veryfast",
        audio_codec="aac",
        audio_bitrate="160k",
        threads=2,
        ffmpeg_params=["-crf", crf, "-movflags", "+faststart"],
        logger=None,
    )


def _shot(job: Job, shot: int) -> ImageClip:
    picture = ImageClip(str(job.pictures[shot])).resized(width=WIDTH).with_duration(SHOT / FPS)
    faded = picture.with_effects([vfx.CrossFadeIn(CROSS / FPS)]) if shot else picture
    zooming = faded.with_effects([vfx.Resize(lambda t: enlargement(t * FPS))])
    return zooming.with_position("center").with_start(start_of(shot) / FPS)


def _texts(job: Job) -> list[TextClip]:
    look = {"font": str(job.font), "font_size": 54, "color": "white", "stroke_color": "black", "stroke_width": 3}
    return [
        TextClip(text=text, margin=(8, 24), **look)
        .with_start(start)
        .with_duration(end - start)
        .with_position(("center", 920))
        for start, end, text in job.subtitles
    ]


def _sound(job: Job) -> CompositeAudioClip:
    music = AudioFileClip(str(job.music)).with_effects([afx.MultiplyVolume(MUSIC)])
    return CompositeAudioClip([AudioFileClip(str(job.voice)), music]).with_duration(job.seconds)


if __name__ == "__main__":
    main(Job.told(sys.argv[1], sys.argv[3]), Path(sys.argv[2]), sys.argv[4])
