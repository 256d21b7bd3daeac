"""Which brokers this machine can have."""

from __future__ import annotations

import pytest

from worker.broker import BrokerUnavailableError, Kind, choose


@pytest.fixture(scope="session")
def available() -> set[str]:
    found: set[str] = set()
    kinds: tuple[Kind, ...] = ("kafka", "tansu")
    for kind in kinds:
        try:
            choose(kind)
        except BrokerUnavailableError:
            continue
        found.add(kind)
    return found
