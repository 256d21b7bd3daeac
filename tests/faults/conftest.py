"""Brokers that may be harmed, and the table of what was measured."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator

import pytest
import pytest_asyncio

from tests.brokers import kafka_with
from tests.faults.report import Report, measured_now, write
from tests.stream.conftest import make_world, world
from tests.stream.workers import World
from worker.broker import ApacheKafka, KafkaOptions
from worker.broker.ports import free_ports
from worker.broker.properties import Detour

__all__ = ["make_world", "world"]  # topics of the test's own on the session's broker, which nobody harms


_TAKEN: pytest.StashKey[bool] = pytest.StashKey()


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Take down a row of the table, and fail the test if its bar was missed."""

    def take_down(test: str, bar: str, measured: str, holds: bool, *, enough: bool = False) -> None:
        request.node.stash[_TAKEN] = True
        write([measured_now(_name(request.node), test, bar, measured, holds)])
        assert holds or enough, f"{test}: {measured}; must be: {bar}"

    return take_down


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed before it measured anything is a row, too."""
    outcome = yield
    if outcome.failed and "report" in getattr(item, "fixturenames", ()) and not item.stash.get(_TAKEN, False):
        why = outcome.longreprtext.strip().splitlines()[-1] if outcome.longreprtext.strip() else "unknown"
        name = _name(item)
        write([measured_now(name, name.replace("_", " "), "comes to its end", f"failed: {why[:200]}", holds=False)])
    return outcome


def _name(item: pytest.Item) -> str:
    return item.name.removeprefix("test_")


@pytest.fixture(scope="session")
def detour() -> Iterator[tuple[ApacheKafka, Detour]]:
    """A broker to be frozen or killed, with a second way in that a test can stand in; each test leaves it running."""
    ports = Detour(*free_ports(2))
    broker = kafka_with(KafkaOptions(detour=ports))
    with broker:
        yield broker, ports


@pytest_asyncio.fixture
async def fragile(detour: tuple[ApacheKafka, Detour]) -> AsyncIterator[World]:
    """Topics on the broker that may be harmed."""
    made = World(detour[0].bootstrap)
    await made.make_topics()
    yield made
    made.stop()
