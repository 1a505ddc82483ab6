"""Tracks that people bring, fitted to a film."""

import io
from functools import cache

import av
import numpy as np
import pytest
import soundfile

from philo_tts.music import RATE, UnusableTrack
from philo_tts.music.sound.loudness import integrated, step_powers
from philo_tts.music.tracks import fit_track
from philo_tts.music.tracks.decoding import decoded

pytestmark = pytest.mark.heavy

CODECS = {"mp3": ("mp3", "libmp3lame"), "m4a": ("ipod", "aac"), "flac": ("flac", "flac")}


@cache
def song(seconds: float, rate: int = RATE, channels: int = 2) -> np.ndarray:
    """A beat of 120 a minute under a chord: (frames, channels) float32."""
    time = np.arange(int(seconds * rate)) / rate
    chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (220, 277.2, 329.6)) * 0.08
    tick = 0.5 * np.exp(-(time % 0.5) * 40) * np.sin(2 * np.pi * 180 * (time % 0.5))
    return np.repeat((chord + tick).astype(np.float32)[:, None], channels, axis=1)


def wav(wave: np.ndarray, rate: int = RATE, subtype: str = "PCM_16", kind: str = "WAV") -> bytes:
    file = io.BytesIO()
    soundfile.write(file, wave, rate, subtype=subtype, format=kind)
    return file.getvalue()


@cache
def packed(seconds: float, ending: str, rate: int = 44_100) -> bytes:
    """A song as a file of this kind."""
    wave = song(seconds, rate)
    if ending == "ogg":
        return wav(wave, rate, "VORBIS", "OGG")
    container, codec = CODECS[ending]
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate, layout="stereo")
        whole = np.ascontiguousarray(wave.T)
        for at in range(0, whole.shape[1], 1024):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(whole[:, at : at + 1024]), "fltp", "stereo")
            frame.sample_rate, frame.pts = rate, at
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()


def heard(flac: bytes) -> np.ndarray:
    """(2, frames)."""
    wave, rate = soundfile.read(io.BytesIO(flac), dtype="float32")
    assert rate == RATE
    return wave.T


@pytest.fixture(scope="module")
def fitted() -> np.ndarray:
    return heard(fit_track(wav(song(4)), 11.37).flac)


def test_a_fitted_track_is_as_long_as_the_film_to_the_sample(fitted: np.ndarray):
    assert fitted.shape == (2, round(11.37 * RATE))


def test_a_fitted_track_is_as_loud_as_all_music(fitted: np.ndarray):
    assert integrated(step_powers(fitted)) == pytest.approx(-20, abs=0.6)


def test_a_fitted_track_dies_away_at_the_end(fitted: np.ndarray):
    assert np.abs(fitted[:, -RATE // 20 :]).max() < 0.001


def test_nothing_clicks_where_a_track_turns_back(fitted: np.ndarray):
    own = np.abs(np.diff(heard(fit_track(wav(song(4)), 3.8).flac))).max()
    assert np.abs(np.diff(fitted)).max() < 1.2 * own


def test_a_turned_track_has_no_hole(fitted: np.ndarray):
    body = fitted[:, RATE : -5 * RATE]
    tenths = np.abs(body[:, : body.shape[1] // 4800 * 4800]).max(axis=0).reshape(-1, 4800).max(axis=1)
    assert tenths.min() > 0.02


def test_a_long_track_is_cut_and_never_turned():
    fitted = fit_track(wav(song(4)), 3)
    assert (fitted.seam, fitted.turns, heard(fitted.flac).shape[1]) == (None, 0, 3 * RATE)


def test_a_track_that_ends_a_little_before_the_film_is_left_to_its_own_ending():
    assert fit_track(wav(song(3.4)), 4).turns == 0


def test_the_same_track_and_film_give_the_same_bytes():
    first, second = (fit_track(wav(song(2)), 3.5).flac for _ in range(2))
    assert first == second


@pytest.mark.parametrize("ending", ["ogg", *CODECS])
def test_every_usual_kind_of_file_is_heard(ending: str):
    wave = decoded(packed(2.5, ending), 60)
    assert wave.shape[1] == pytest.approx(2.5 * RATE, abs=0.1 * RATE)


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (11_025, 2), (44_100, 6), (96_000, 1)])
def test_every_rate_and_number_of_channels_is_heard(rate: int, channels: int):
    wave = decoded(wav(song(2, rate, channels), rate), 60)
    assert wave.shape == (2, pytest.approx(2 * RATE, abs=64))
    assert np.abs(wave).max() > 0.1


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_24", "FLOAT"])
def test_every_depth_is_heard(subtype: str):
    assert np.abs(decoded(wav(song(2), subtype=subtype), 60)).max() == pytest.approx(0.5, abs=0.2)


@pytest.mark.parametrize("ending", ["mp3", "flac", "ogg"])
def test_of_a_file_that_breaks_off_what_is_there_is_heard(ending: str):
    whole = packed(4, ending)
    assert RATE < decoded(whole[: len(whole) // 2], 60).shape[1] < 3.5 * RATE


def test_a_file_with_rubbish_in_its_middle_is_heard_around_it():
    whole = bytearray(packed(2.5, "mp3"))
    whole[12_000:14_000] = bytes(2000)
    assert decoded(bytes(whole), 60).shape[1] > 2 * RATE


def test_no_more_is_decoded_than_is_needed():
    assert decoded(wav(song(4)), 2).shape[1] == 2 * RATE


def test_silence_around_the_music_is_left_out():
    quiet = np.zeros((2 * RATE, 2), np.float32)
    fitted = fit_track(wav(np.concatenate([quiet, song(3), quiet])), 3)
    assert np.abs(heard(fitted.flac)[:, : RATE // 2]).max() > 0.05


def test_a_number_that_is_none_does_not_spread():
    wave = song(2).copy()
    wave[RATE] = np.nan
    assert np.isfinite(decoded(wav(wave, subtype="FLOAT"), 60)).all()


@pytest.mark.parametrize(
    ("track", "words"),
    [
        (b"", "empty"),
        (b"<html>not found</html>" * 50, "no audio file"),
        (bytes(range(256)) * 40, "no audio file"),
        (wav(song(0.3)), r"lasts 0\.3 seconds"),
        (wav(np.zeros((2 * RATE, 2), np.float32)), "silent"),
        (wav(song(0)), "no"),
    ],
    ids=["empty", "page", "rubbish", "short", "silent", "header"],
)
def test_what_cannot_be_heard_is_told_in_words(track: bytes, words: str):
    with pytest.raises(UnusableTrack, match=words):
        fit_track(track, 10)


def test_a_rate_that_is_no_sound_is_told_in_words():
    with pytest.raises(UnusableTrack, match="100 samples a second"):
        fit_track(wav(song(2), 100), 10)


def test_a_cut_m4a_whose_index_is_lost_is_told_in_words():
    whole = packed(2.5, "m4a")
    with pytest.raises(UnusableTrack, match="no audio file"):
        fit_track(whole[: len(whole) // 2], 10)


def test_a_video_without_sound_is_told_in_words():
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")))
        out.mux(stream.encode(None))
    with pytest.raises(UnusableTrack, match="no sound in this file"):
        fit_track(file.getvalue(), 10)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), 4000])
def test_an_absurd_length_is_refused(seconds: float):
    with pytest.raises(UnusableTrack, match="1 to 3600 seconds"):
        fit_track(wav(song(2)), seconds)
