"""The rules of a refresh family, alone and against a machine that remembers everything that ever happened."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from philo_auth.families import GRACE, REFRESH_LIFE, Chain, Verdict, advanced, judge, successor

pytestmark = pytest.mark.heavy

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + REFRESH_LIFE
INSTANT = timedelta(microseconds=1)
KEY = b"k" * 32


def test_the_tip_is_rotated_until_it_expires():
    assert judge(Chain(), 1, LATER, LATER - INSTANT) is Verdict.ROTATE
    assert judge(Chain(), 1, LATER, LATER) is Verdict.EXPIRED


def test_the_predecessor_of_the_tip_is_answered_again_for_the_grace():
    chain = Chain(tip=5, turned_at=NOW)
    assert judge(chain, 4, LATER, NOW + GRACE) is Verdict.REPEAT
    assert judge(chain, 4, LATER, NOW + GRACE + INSTANT) is Verdict.REUSED


def test_an_older_ancestor_has_no_grace():
    assert judge(Chain(tip=5, turned_at=NOW), 3, LATER, NOW) is Verdict.REUSED


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_revoked_chain_stays_revoked(verdict):
    assert advanced(Chain(revoked=True), verdict, NOW).revoked
    assert judge(Chain(revoked=True), 1, LATER, NOW) is Verdict.REVOKED


def test_a_successor_is_always_the_same_and_hangs_on_all_three_of_its_parts():
    first = successor("token", "salt", KEY)
    assert first == successor("token", "salt", KEY)
    others = {successor("token2", "salt", KEY), successor("token", "salt2", KEY), successor("token", "salt", b"other")}
    assert len({first, *others}) == 4
    assert len(first) == 43


class RefreshFamily(RuleBasedStateMachine):
    """A client, a thief who copies what the client holds, and an oracle that judges by the whole history.

    The rules know of a chain only its tip and when it turned; the oracle knows each use of each token.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.log_in()

    def log_in(self) -> None:
        self.chain, self.ended = Chain(), False
        self.tokens, self.born, self.first_used = ["first"], [self.now], {}
        self.clients = self.thiefs = 0
        self.stolen = False

    def expected(self, place: int) -> Verdict:
        if self.ended:
            return Verdict.REVOKED
        if self.now - self.born[place] >= REFRESH_LIFE:
            return Verdict.EXPIRED
        if place not in self.first_used:
            return Verdict.ROTATE
        forgiven = self.now - self.first_used[place] <= GRACE and place + 1 not in self.first_used
        return Verdict.REPEAT if forgiven else Verdict.REUSED

    def show(self, place: int) -> int:
        """Show a token as somebody would; where in the chain the answer is, which is the token itself if refused."""
        expected = self.expected(place)
        verdict = judge(self.chain, place + 1, self.born[place] + REFRESH_LIFE, self.now)
        assert verdict is expected
        self.ended |= expected is Verdict.REUSED
        self.chain = advanced(self.chain, verdict, self.now)
        if verdict not in {Verdict.ROTATE, Verdict.REPEAT}:
            return place
        following = successor(self.tokens[place], "salt", KEY)
        if verdict is Verdict.ROTATE:
            self.first_used[place] = self.now
            self.tokens.append(following)
            self.born.append(self.now)
        assert self.tokens[place + 1] == following
        return place + 1

    @rule(seconds=st.sampled_from([1, 5, 10, 11, 1800]))
    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule(short=st.sampled_from([INSTANT, timedelta()]))
    def wait_until_the_tip_expires_or_is_about_to(self, short):
        self.now = max(self.now, self.born[-1] + REFRESH_LIFE - short)

    @rule()
    def the_client_refreshes(self):
        self.clients = self.show(self.clients)

    @rule()
    def the_client_asks_again_because_the_answer_was_lost(self):
        self.clients = max(self.clients, self.show(max(self.clients - 1, 0)))

    @rule()
    def the_thief_copies_the_clients_token(self):
        self.thiefs, self.stolen = self.clients, True

    @precondition(lambda self: self.stolen)
    @rule()
    def the_thief_refreshes(self):
        self.thiefs = self.show(self.thiefs)

    @rule(back=st.integers(0, 50))
    def somebody_finds_an_old_token(self, back):
        self.show(max(len(self.tokens) - 1 - back, 0))

    @precondition(lambda self: self.ended)
    @rule()
    def the_client_logs_in_again(self):
        self.log_in()

    @invariant()
    def only_the_tip_is_unused(self):
        assert self.chain.tip == len(self.tokens) == len(self.first_used) + 1

    @invariant()
    def what_has_ended_stays_so(self):
        assert self.chain.revoked is self.ended

    @invariant()
    def no_token_was_ever_given_twice(self):
        assert len(set(self.tokens)) == len(self.tokens)

    @invariant()
    def nobody_goes_on_with_what_another_has_used_for_longer_than_the_grace(self):
        behind = min(self.clients, self.thiefs) if self.stolen else self.clients
        if behind < self.chain.tip - 2:
            assert self.expected(behind) in {Verdict.REUSED, Verdict.REVOKED, Verdict.EXPIRED}


TestRefreshFamily = RefreshFamily.TestCase
TestRefreshFamily.settings = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "machines"))
