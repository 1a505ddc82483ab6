"""The ledger by its rules: whatever happens to jobs, every move is balanced, and nothing of the money is lost or made."""

import os
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from philo_contracts.shapes import Cost
from philo_gateway.money.domain import (
    Entries,
    Holding,
    TooLittle,
    cost_of,
    left_of,
    release,
    reserve,
    spend,
    worth_telling,
)

pytestmark = pytest.mark.heavy
AMOUNTS = st.integers(0, 5_000_000).map(lambda millionths: Decimal(millionths).scaleb(-6))
LIMIT = Decimal(20)


def moved(holding: Holding, entries: Entries, *, grant: bool = False) -> Holding:
    """The holding after a transaction, as the database's sums would have it."""
    by = {entry.account: entry.amount for entry in entries}
    put_aside = by.get("reserved", Decimal(0)) if grant else Decimal(0)
    return Holding(
        holding.reserved + by.get("reserved", 0),
        holding.spent + by.get("spent", 0),
        holding.released + by.get("released", 0),
        holding.granted + put_aside,
    )


class Ledger(RuleBasedStateMachine):
    """One user's month with any number of jobs, that are accepted, make calls, end, make late calls and are retried."""

    running, over = Bundle("running"), Bundle("over")

    def __init__(self) -> None:
        super().__init__()
        self.jobs: dict[int, Holding] = {}
        self.month = Holding()
        self.available = Decimal(0)
        self.paid = Decimal(0)
        self.told: dict[int, Cost] = {}

    def book(self, job: int, entries: Entries, *, grant: bool = False) -> None:
        assert sum(entry.amount for entry in entries) == 0
        assert all(entry.amount for entry in entries)
        self.jobs[job] = moved(self.jobs.get(job, Holding()), entries, grant=grant)
        self.month = moved(self.month, entries, grant=grant)
        self.available += sum(entry.amount for entry in entries if entry.account == "available")

    @rule(target=running, amount=AMOUNTS)
    def accept(self, amount):
        job, fits = len(self.jobs), amount == 0 or amount <= left_of(LIMIT, self.month)
        try:
            entries, taken = reserve(LIMIT, self.month, amount), True
        except TooLittle:
            entries, taken = (), False
        assert taken == fits
        self.book(job, entries, grant=True)
        return job

    @rule(job=st.one_of(running, over), amount=AMOUNTS)
    def call(self, job, amount):
        self.book(job, spend(self.jobs[job], amount))
        self.paid += amount
        self.tell(job, ended=False)

    @rule(target=over, job=consumes(running))
    def end(self, job):
        self.book(job, release(self.jobs[job]))
        assert self.jobs[job].reserved == 0
        self.tell(job, ended=True)
        return job

    @rule(job=over)
    def end_twice(self, job):
        before = self.jobs[job]
        self.book(job, release(before))
        assert before.reserved or self.jobs[job] == before

    def tell(self, job: int, *, ended: bool) -> None:
        told = self.told.get(job, Cost())
        if worth_telling(told, self.jobs[job], ended=ended):
            self.told[job] = told.model_copy(update=cost_of(self.jobs[job]))
        if ended:
            now = self.told.get(job, Cost())
            assert (now.reserved, now.actual, now.released) == tuple(cost_of(self.jobs[job]).values())

    @invariant()
    def all_of_it_is_somewhere(self):
        assert self.month.reserved + self.month.spent + self.month.released == -self.available
        assert self.month.spent == self.paid

    @invariant()
    def the_month_is_the_sum_of_its_jobs(self):
        for at in range(4):
            assert self.month[at] == sum((job[at] for job in self.jobs.values()), Decimal(0))

    @invariant()
    def nothing_is_owed(self):
        assert all(amount >= 0 for job in self.jobs.values() for amount in job)

    @invariant()
    def what_was_put_aside_is_spent_or_given_back(self):
        for job in self.jobs.values():
            assert job.reserved + job.released <= job.granted
            assert job.granted <= job.reserved + job.released + job.spent


TestLedger = Ledger.TestCase
TestLedger.settings = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "machines"))


def test_what_fits_exactly_is_taken():
    assert reserve(Decimal(1), Holding(Decimal("0.4"), Decimal("0.5")), Decimal("0.1"))


def test_what_costs_nothing_needs_no_budget():
    assert reserve(Decimal(0), Holding(spent=Decimal(7)), Decimal("0.0000")) == ()


def test_the_words_of_a_refusal_know_what_is_left():
    with pytest.raises(TooLittle) as refused:
        reserve(Decimal(1), Holding(Decimal("0.4"), Decimal("0.5")), Decimal("0.2"))
    assert refused.value.left == Decimal("0.1")


def test_a_job_of_a_thousand_calls_tells_its_cost_a_few_times():
    cost, now, told = Cost(reserved=Decimal(1)), Holding(Decimal(1), granted=Decimal(1)), 0
    for _ in range(1_000):
        now = moved(now, spend(now, Decimal("0.001")))
        if worth_telling(cost, now, ended=False):
            cost, told = cost.model_copy(update=cost_of(now)), told + 1
    assert told == 10
