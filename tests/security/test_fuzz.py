"""Two thousand inputs for everything that reads what comes from outside: no exception but a named refusal."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS
from tests.report import Report

EXAMPLES = 2_000


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_is_read_or_refused(name: str, report: Report) -> None:
    tried = 0

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=250))
    def hold(raw: bytes) -> None:
        nonlocal tried
        tried += 1
        TARGETS[name](raw)

    hold()
    report(f"hypothesis, {name}", f"{EXAMPLES:,} examples, no uncaught exception", f"{tried:,} examples", True)
