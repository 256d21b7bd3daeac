"""Brokers that may be harmed, and the table of what was measured."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.brokers import kafka_with
from tests.faults.report import write
from tests.report import report, rows_of
from tests.stream.conftest import world
from tests.stream.workers import World
from worker.broker import ApacheKafka, KafkaOptions
from worker.broker.ports import free_ports
from worker.broker.properties import Detour

__all__ = ["report", "world"]  # the latter: topics of the test's own on the session's broker, which nobody harms


@pytest.fixture(scope="session", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    """Write the table when the tests are through."""
    yield
    write(rows_of(request.config))


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
