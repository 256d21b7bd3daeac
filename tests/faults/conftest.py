"""Brokers that may be harmed, and the table of what was measured."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.brokers import kafka_with
from tests.faults.report import Report, Row, write
from tests.stream.conftest import world
from tests.stream.workers import World
from worker.broker import ApacheKafka, KafkaOptions
from worker.broker.ports import free_ports
from worker.broker.properties import Detour

__all__ = ["world"]  # topics of the test's own on the session's broker, which nobody harms

_ROWS: pytest.StashKey[list[Row]] = pytest.StashKey()


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Take down a row of the table, and fail the test if its bar was missed."""
    rows = request.config.stash.setdefault(_ROWS, [])

    def take_down(test: str, bar: str, measured: str, holds: bool, *, enough: bool = False) -> None:
        rows.append(Row(test, bar, measured, holds))
        assert holds or enough, f"{test}: {measured}; must be: {bar}"

    return take_down


@pytest.fixture(scope="session", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    """Write the table when the tests are through."""
    rows = request.config.stash.setdefault(_ROWS, [])
    yield
    write(rows)


@pytest_asyncio.fixture
async def detour() -> AsyncIterator[tuple[ApacheKafka, Detour]]:
    """A broker of the test's own, to be frozen or killed, with a second way in that a test can stand in."""
    ports = Detour(*free_ports(2))
    broker = kafka_with(KafkaOptions(detour=ports))
    await asyncio.to_thread(broker.start)
    yield broker, ports
    await asyncio.to_thread(broker.stop)


@pytest_asyncio.fixture
async def fragile(detour: tuple[ApacheKafka, Detour]) -> AsyncIterator[World]:
    """Topics on the broker that may be harmed."""
    made = World(detour[0].bootstrap)
    await made.make_topics()
    yield made
    made.stop()
