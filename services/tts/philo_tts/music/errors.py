"""What can be wrong with a wish for music."""


class UnplayableWish(ValueError):
    """The music that was wished for cannot be composed; the words say why."""
