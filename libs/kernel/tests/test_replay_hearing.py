"""What a table can know of: heard, on its way, parked, erased; and what a log has to be. Pure."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import JobQueued, SessionsEnded, UserErased
from philo_kernel.replay.projection import Projection, Source, plain
from philo_kernel.replay.projection_hearing import MEMORY, Inbox, hearing
from philo_kernel.replay.projection_log import LoggedFact
from philo_kernel.replay.verify_log import misread

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HEARS = Projection(
    table="queue",
    story="job",
    identity=("job",),
    sources=(Source("gateway", (JobQueued, UserErased), "know_queue"),),
    columns={"reason": plain},
    fold=lambda story: [{"job": story.key, "reason": "accepted"}],
)


def said(*, age: timedelta = timedelta(0), tenant: str | None = "ada", erased: bool = False, fact=None) -> LoggedFact:
    envelope: Envelope = wrap(fact or JobQueued(job="j"), source="gateway", stream="job/j", version=1, tenant=tenant)
    return LoggedFact(
        service="gateway",
        key="j",
        position=1,
        id=envelope.id,
        type=envelope.type,
        stream=envelope.subject,
        version=1,
        at=NOW - age,
        tenant=tenant,
        envelope=None if erased else envelope,
        erased_at=NOW if erased else None,
    )


def inbox(*handled: UUID, parked: dict[UUID, int] | None = None, erased: tuple[str, ...] = ()) -> Inbox:
    return Inbox({"know_queue": frozenset(handled)}, {"know_queue": parked or {}}, frozenset(erased))


def test_only_what_the_inbox_knows_is_heard() -> None:
    one, other = said(), said()
    found = hearing(HEARS, [one, other], inbox(one.id), NOW)
    assert (found.heard, found.unheard) == ([one], [other])


def test_what_the_inbox_has_forgotten_was_heard() -> None:
    old = said(age=MEMORY + timedelta(seconds=1))
    assert hearing(HEARS, [old], inbox(), NOW).heard == [old]


def test_what_is_parked_was_not_heard_however_old_it_is() -> None:
    old = said(age=2 * MEMORY)
    found = hearing(HEARS, [old], inbox(parked={old.id: 12}), NOW)
    assert (found.heard, found.parked) == ([], [(old, "know_queue", 12)])


def test_of_somebody_erased_here_or_there_nothing_is_heard() -> None:
    there, here = said(erased=True), said(tenant="bob")
    found = hearing(HEARS, [there, here], inbox(here.id, erased=("bob",)), NOW)
    assert (found.heard, found.erased) == ([], [there, here])


def test_a_lost_key_is_not_taken_for_an_erasure() -> None:
    unreadable = LoggedFact(**{**vars(said()), "envelope": None})
    found = hearing(HEARS, [unreadable], inbox(unreadable.id), NOW)
    assert (found.lost, found.erased, found.heard) == ([unreadable], [], [])


def test_a_fact_without_an_owner_goes_with_its_story_but_for_the_word_of_the_erasure() -> None:
    gone, nobodys, word = said(erased=True), said(tenant=None), said(tenant=None, fact=UserErased(user="ada"))
    found = hearing(HEARS, [gone, nobodys, word], inbox(nobodys.id, word.id), NOW)
    assert (found.heard, found.erased) == ([word], [gone, nobodys])


def test_a_good_fact_has_no_flaw() -> None:
    assert list(misread(said())) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("id", uuid4()), ("version", 2), ("stream", "job/k"), ("tenant", "eve"), ("type", "JobFailed")],
)
def test_a_column_that_says_otherwise_than_its_envelope_is_found(column: str, value: object) -> None:
    assert [path for path, _, _ in misread(LoggedFact(**{**vars(said()), column: value}))] == [f"/{column}"]


def test_a_fact_whose_key_is_lost_is_found_and_one_of_somebody_erased_is_not() -> None:
    assert [path for path, _, _ in misread(LoggedFact(**{**vars(said()), "envelope": None}))] == ["/envelope"]
    assert list(misread(said(erased=True))) == []


def test_a_fact_that_the_code_of_today_cannot_read_is_found() -> None:
    good = wrap(SessionsEnded(user="j", generation=1), source="gateway", stream="job/j", version=1, tenant="ada")
    broken = LoggedFact(
        **{**vars(said()), "id": good.id, "type": good.type, "envelope": good.model_copy(update={"data": {}})}
    )
    assert "/data" in [path for path, _, _ in misread(broken)]
