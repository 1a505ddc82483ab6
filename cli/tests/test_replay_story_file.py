"""The story of a job as a file: for whoever made it, and whole."""

from pathlib import Path

import pytest

from philo.replay.story_command import job, written
from philo.stack.errors import StackError


def test_a_story_is_written_for_its_owner_alone(tmp_path):
    written(tmp_path / "story.html", "<p>Once.</p>")
    assert (tmp_path / "story.html").read_text() == "<p>Once.</p>"
    assert (tmp_path / "story.html").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["story.html"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(StackError, match="cannot be written: No such file or directory"):
        written(tmp_path / "nowhere" / "story.html", "")


@pytest.mark.parametrize("more", [{"at": "7"}, {"step": True}])
def test_a_file_holds_the_whole_story_and_nothing_else_is_asked_of_it(more):
    with pytest.raises(StackError, match="--html holds the whole story"):
        job("0" * 36, html=Path("story.html"), **more)
