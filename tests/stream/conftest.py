"""A world of its own for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest_asyncio

from tests.stream.workers import World
from worker.broker import Broker


@pytest_asyncio.fixture
async def world(kafka: Broker) -> AsyncIterator[World]:
    """Topics of the test's own; its workers are ended with it."""
    made = World(kafka.bootstrap)
    await made.make_topics()
    yield made
    made.stop()


@pytest_asyncio.fixture
async def make_world(kafka: Broker) -> AsyncIterator[Callable[..., World]]:
    """Make worlds with settings of the test's choice, without topics."""
    made: list[World] = []

    def make(**options: object) -> World:
        made.append(World(kafka.bootstrap, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        each.stop()
