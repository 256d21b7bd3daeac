"""The broker of the test session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.brokers import missing
from worker.broker import Broker, BrokerUnavailableError, Kind, choose


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--broker",
        default="auto",
        metavar="auto|kafka|tansu|HOST:PORT",
        help="which broker the tests talk to: one started for them, or one that runs already (default: %(default)s)",
    )


@pytest.fixture(scope="session")
def kafka(request: pytest.FixtureRequest) -> Iterator[Broker]:
    """One broker for the whole session: Apache Kafka with one node, or what the option or the machine leaves.

    Tests share it, so each makes topics and groups of its own and leaves it running.
    """
    wanted: str = request.config.getoption("--broker")
    kinds: dict[str, Kind] = {"auto": "auto", "kafka": "kafka", "tansu": "tansu"}
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    capture = request.config.pluginmanager.get_plugin("capturemanager")

    def say(line: str) -> None:
        if reporter is not None and capture is not None:
            with capture.global_and_fixture_disabled():
                reporter.ensure_newline()
                reporter.write_line(line)

    try:
        broker = choose(kinds[wanted], say=say) if wanted in kinds else choose("external", bootstrap=wanted)
    except BrokerUnavailableError as reason:
        missing(str(reason))
    with broker:
        say(broker.description)
        yield broker
