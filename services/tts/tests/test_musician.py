"""The musicians at work in their child process."""

import io

import numpy as np
import pytest
import soundfile

from philo_contracts.shapes import Mood
from philo_kernel.children import Children
from philo_tts.music import RATE, UnusableTrack
from philo_tts.musician import OwnMusician

pytestmark = pytest.mark.heavy


async def test_a_piece_and_a_fitted_track_are_as_long_as_the_film():
    async with Children(1) as children:
        musician = OwnMusician(children)
        piece = await musician.play(Mood.CALM, 4.2, "piano", 1)
        fitted = await musician.fit(piece, 9.3)
    assert soundfile.info(io.BytesIO(piece)).frames == round(4.2 * RATE)
    assert soundfile.info(io.BytesIO(fitted.flac)).frames == round(9.3 * RATE)
    assert np.isfinite(soundfile.read(io.BytesIO(fitted.flac))[0]).all()


async def test_a_track_that_cannot_be_heard_is_told_in_words_by_the_child():
    async with Children(1) as children:
        with pytest.raises(UnusableTrack, match="no audio file"):
            await OwnMusician(children).fit(b"<html>", 5)
