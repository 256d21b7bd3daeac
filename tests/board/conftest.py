"""One browser, and one board over two years of tallies, for all tests that look at the page."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.board.history import DAYS
from tests.board.stage import Board, browser_path, fill, start_board
from tests.stream.workers import World
from worker.broker import Broker


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium without a window."""
    path = browser_path()
    async with async_playwright() as driver:
        # Containers run as root, and have little shared memory; what is looked at is our own page.
        opened = await driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield opened
        await opened.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def two_years(kafka: Broker) -> AsyncIterator[World]:
    """Topics with two years of tallies."""
    world = World(kafka.bootstrap, partitions=2)
    await world.make_topics()
    await fill(world, DAYS)
    yield world
    world.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def board(two_years: World) -> AsyncIterator[Board]:
    """A board that has read all of it."""
    started = start_board(two_years.environment)
    await started.until("live")
    yield started
    started.stop()
