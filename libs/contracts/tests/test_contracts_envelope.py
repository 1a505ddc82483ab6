"""An envelope is a CloudEvent: the library that speaks for the specification reads it and writes it back."""

import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import Event, JobQueued, JobRequested, UserRegistered

CAUSE = wrap(JobRequested(job="job-1", user="ann", script="Once."), source="gateway", stream="job/job-1", version=1)
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def answer(**about) -> Envelope:
    return wrap(JobQueued(job="job-1"), source="gateway", stream="job/job-1", version=2, **about)


@pytest.mark.parametrize("envelope", [CAUSE, answer(), answer(traceparent=TRACE)], ids=["root", "bare", "full"])
def test_an_envelope_goes_through_the_cloudevents_library_and_comes_back_equal(envelope):
    structured = JSONFormat()
    event = structured.read(CloudEvent, envelope.model_dump_json().encode())
    assert (event.get_id(), event.get_type(), event.get_subject()) == (
        str(envelope.id),
        envelope.type,
        envelope.subject,
    )
    assert Envelope.model_validate_json(structured.write(event)) == envelope


def test_the_fact_comes_back_as_it_went_in():
    assert Envelope.model_validate_json(CAUSE.model_dump_json()).fact() == JobRequested(
        job="job-1", user="ann", script="Once."
    )


def test_a_fact_belongs_to_its_job_or_else_to_its_user():
    registered = wrap(UserRegistered(user="ann", username="Ann"), source="auth", stream="user/ann", version=1)
    assert (CAUSE.correlationid, registered.correlationid) == ("job-1", "ann")


def test_ids_are_in_the_order_of_time():
    ids = [answer().id for _ in range(50)]
    assert ids == sorted(ids)


def test_a_fact_that_belongs_to_nobody_has_no_key_and_is_refused():
    class ToyLonely(Event, source="toy"):
        pass

    with pytest.raises(TypeError, match="ToyLonely belongs to nobody"):
        wrap(ToyLonely(), source="toy", stream="lonely", version=1)
