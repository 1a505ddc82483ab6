"""The film's sense of time, in seconds: every pause, hold and fade in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rhythm:
    title: float = 3.0
    """The opening title stands alone over the first picture."""
    goes: float = 0.10
    """After its end until a card is gone."""
    chapter: float = 2.60
    """A chapter's card, from the cut (or the end of the title) on."""
    strip: float = 4.0
    """A name on a strip."""
    strip_after: float = 0.30
    """It comes this long after the transition or the card before it."""
    lead: float = 0.45
    """From the end of the title to the first word."""
    gap: float = 0.80
    """Least silence between the last word of a scene and the first of the next; the cut lies in its middle."""
    crossfade: float = 0.60
    """Any transition that is not told apart below."""
    stage_change: float = 0.95
    torn_paper: float = 0.80
    clear: float = 0.30
    """Silence that a transition needs beyond its own length."""
    last: float = 1.30
    """After the film's last word, before the end begins."""
    end: float = 3.20
    fade: float = 0.90
    """Into the dark, of a film that has no last card."""
    shortest: float = 3.20
    """No scene is shorter."""
    longest: float = 8.00
    """A longer scene gets a second framing of its picture."""
    reframe: float = 0.80
    """From one framing to the next."""
    cue_early: float = 0.06
    cue_late: float = 0.30
    cue_hold: float = 0.35
    """A hole between two cues that is shorter than this is closed: subtitles must not flicker."""


RHYTHM = Rhythm()
