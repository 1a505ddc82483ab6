"""What live messages leave out is known from those before."""

from philo.films.words import Words

WHOLE = {"id": "1", "event": "job.progress", "whole": True}
LIGHT = {"id": "2", "event": "job.scene", "whole": False}


def job(**more) -> dict:
    return {"id": "j", "progress": 1, "scenes": [{"id": "s", "drawn": "waiting", "narration": "Words."}], **more}


def test_a_light_message_is_completed_by_the_one_before():
    words = Words()
    words.completed({**WHOLE, "job": job(prompt="A sea.")})
    light = {**LIGHT, "job": {"id": "j", "progress": 2, "scenes": [{"id": "s", "drawn": "ready"}]}}
    told = words.completed(light)
    scene = {"id": "s", "drawn": "ready", "narration": "Words."}
    assert told == {
        "id": "2",
        "event": "job.scene",
        "job": {"id": "j", "progress": 2, "prompt": "A sea.", "scenes": [scene]},
    }


def test_what_tells_of_no_job_is_none():
    assert Words().completed({"id": "2", "event": "heartbeat"}) is None
