"""What can be wrong with a wish for music, or with a track that somebody brings."""


class UnplayableWish(ValueError):
    """The music that was wished for cannot be composed; the words say why."""


class UnusableTrack(ValueError):
    """The track cannot be laid under a film; the words say why."""
