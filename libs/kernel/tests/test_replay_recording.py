"""A recording is one file that its owner alone can read, and that says what it is."""

from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from uuid_utils.compat import uuid7

from philo_contracts.envelope import wrap
from philo_contracts.events import JobCancelled, JobQueued
from philo_kernel.replay.recording import About, Handled, Message, NoRecording, Recording, Said, Stuck, read, write

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def said(fact, position=1):
    return Said(
        position=position, at=NOW, attempts=2, fact=wrap(fact, source="gateway", stream="job/1", version=position)
    )


RECORDING = Recording(
    about=About(job="1", recorded_at=NOW, version="0.1.0", terms={"gateway": {"job_limit": 3600.0}}),
    facts=(said(JobQueued(job="1")), said(JobCancelled(job="1", reason="爱\u2028 it broke\nin two"), 2)),
    around=(said(JobQueued(job="0")).fact,),
    handled=(Handled(service="gateway", handler="advance_job", event=uuid7(), at=NOW),),
    parked=(Stuck(service="tts", handler="plan_narration", event=uuid7(), error="KeyError: 'x'"),),
    messages=(Message(service="notify", at=NOW, name="job.queued", body='{"id": "1"}'),),
    objects={"pictures/ab/abc.jpg": b"\xff\xd8"},
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "job.philo.zip"
    write(RECORDING, path)
    return path


def test_what_is_written_is_read_again(file):
    assert read(file) == RECORDING


def test_only_its_owner_may_read_it(file):
    assert file.stat().st_mode & 0o777 == 0o600


def test_it_says_in_words_that_the_texts_of_a_person_are_in_it(file):
    with ZipFile(file) as archive:
        assert "THE TEXTS OF A PERSON ARE IN IT" in archive.read("README.txt").decode()


def test_nothing_is_left_of_one_that_could_not_be_written(tmp_path):
    (tmp_path / "job.philo.zip").mkdir()
    with pytest.raises(IsADirectoryError):
        write(RECORDING, tmp_path / "job.philo.zip")
    assert [one.name for one in tmp_path.iterdir()] == ["job.philo.zip"]


def test_one_of_a_later_format_is_refused_with_the_version_that_wrote_it(tmp_path):
    path = tmp_path / "later.zip"
    about = RECORDING.about.model_copy(update={"format": 2, "version": "9.9"})
    write(RECORDING.model_copy(update={"about": about}), path)
    with pytest.raises(NoRecording, match=r"recorded in format 2.*reads format 1.*version that wrote it, 9\.9"):
        read(path)


@pytest.mark.parametrize("body", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_what_is_no_recording_is_refused_in_words(tmp_path, body):
    path = tmp_path / "other.zip"
    path.write_bytes(body)
    with pytest.raises(NoRecording, match="is no recording of a job, or it is damaged"):
        read(path)


def test_an_archive_with_a_byte_that_was_changed_is_refused_in_words(tmp_path):
    path = tmp_path / "other.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("recording.json", "{}" * 500)
    body = bytearray(path.read_bytes())
    body[50] ^= 0xFF
    path.write_bytes(bytes(body))
    with pytest.raises(NoRecording, match="is no recording of a job, or it is damaged"):
        read(path)


def test_an_archive_of_something_else_is_refused_in_words(tmp_path):
    path = tmp_path / "other.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("holiday.txt", "sun")
    with pytest.raises(NoRecording, match="is no recording"):
        read(path)


def test_a_file_that_is_not_there_is_told_of(tmp_path):
    with pytest.raises(NoRecording, match="cannot be read: No such file"):
        read(tmp_path / "none.zip")
