"""Tests share one set of servers; see `philo.testing`. State machines are run as often as the profile says."""

import os

from hypothesis import settings

pytest_plugins = ["philo.testing"]

settings.register_profile("machines", max_examples=200, stateful_step_count=50, deadline=None)
settings.register_profile("deep", max_examples=5_000, stateful_step_count=100, deadline=None)
if "HYPOTHESIS_PROFILE" in os.environ:
    settings.load_profile(os.environ["HYPOTHESIS_PROFILE"])
