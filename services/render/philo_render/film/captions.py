"""Subtitles as files: SubRip and WebVTT."""

from __future__ import annotations

from philo_render.film.timeline import Timeline


def srt(timeline: Timeline) -> str:
    """SubRip, UTF-8, lines as they are shown."""
    return "\n".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{cue.text}\n"
        for number, cue in enumerate(timeline.cues, start=1)
    )


def vtt(timeline: Timeline) -> str:
    """WebVTT (W3C), with its three special signs escaped."""
    cues = (f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_escaped(cue.text)}\n" for cue in timeline.cues)
    return "\n".join(["WEBVTT\n", *cues])


def _clock(seconds: float, point: str) -> str:
    whole = round(seconds * 1000)
    hours, rest = divmod(whole, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
