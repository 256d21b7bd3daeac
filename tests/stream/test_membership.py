"""Static members: back under their old name within the session, even after a kill, and only one of each name."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable

import pytest

from tests.stream.stories import history
from tests.stream.workers import World

pytestmark = pytest.mark.broker

SESSION = 60.0
HEARTBEAT = 3.0
REBALANCES = "dronetally_rebalances_total"


async def test_a_killed_member_is_back_before_its_session_ends_and_disturbs_nobody(
    make_world: Callable[..., World],
) -> None:
    world = make_world(extra={"DRONETALLY_SESSION_TIMEOUT": str(SESSION)})
    await world.make_topics()
    first = world.start(DRONETALLY_GROUP_INSTANCE_ID="worker-0")
    await first.ready()
    second = world.start(DRONETALLY_GROUP_INSTANCE_ID="worker-1")
    await second.ready()
    await first.ready()
    messages = history(seed=11, articles=200)
    await world.send(messages[:100])
    before = first.metric(REBALANCES)
    killed = time.monotonic()
    second.end(signal.SIGKILL)
    again = world.start(DRONETALLY_GROUP_INSTANCE_ID="worker-1")
    await again.ready()
    assert time.monotonic() - killed < SESSION - 10
    await world.send(messages[100:])
    expected = world.expected(messages)
    assert await world.settle(expected) == expected
    assert first.metric(REBALANCES) == before


async def test_the_older_of_two_workers_of_one_name_ends_and_says_why(make_world: Callable[..., World]) -> None:
    world = make_world(extra={"DRONETALLY_SESSION_TIMEOUT": str(SESSION), "DRONETALLY_GROUP_INSTANCE_ID": "worker-0"})
    await world.make_topics()
    older = world.start()
    await older.ready()
    newer = world.start()
    code, errors = await asyncio.to_thread(older.process.wait, 30), older.process.communicate()[1].decode()
    assert code == 78
    assert "another worker joined group" in errors.splitlines()[-1]
    assert "worker-0" in errors.splitlines()[-1]
    await newer.ready()
    await asyncio.sleep(3 * HEARTBEAT)  # a name that was taken back is noticed with the next of them
    assert newer.process.poll() is None
    await newer.ready()
    messages = history(seed=12, articles=20)
    await world.send(messages)
    expected = world.expected(messages)
    assert await world.settle(expected) == expected
