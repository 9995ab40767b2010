"""Settings of the test run."""

from __future__ import annotations

from hypothesis import settings

# No test may depend on the clock. Built on the profile in force, so that CI keeps Hypothesis' own settings for CI.
settings.register_profile("gongwen", settings(), deadline=None)
settings.load_profile("gongwen")
