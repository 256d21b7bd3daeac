"""Silences: a frozen broker, a frozen worker, a worker cut off. Nothing is lost, and who comes back writes nothing."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.faults.proxy import Proxy
from tests.stream.stories import history
from tests.stream.workers import Message, Worker, World
from worker.broker import ApacheKafka, BrokerUnavailableError, KafkaOptions
from worker.broker.ports import free_ports
from worker.broker.properties import Detour

pytestmark = pytest.mark.broker

SILENCE = float(os.environ.get("DRONETALLY_TEST_SILENCE", "14"))
"""Seconds of each silence; more than two sessions of the workers here."""


@pytest_asyncio.fixture
async def detour() -> AsyncIterator[tuple[ApacheKafka, Detour]]:
    """A broker of the test's own, to be frozen, with a second way in that a test can stand in."""
    ports = Detour(*free_ports(2))
    try:
        broker = ApacheKafka(KafkaOptions(detour=ports))
        await asyncio.to_thread(broker.start)
    except BrokerUnavailableError as reason:
        pytest.skip(str(reason))
    yield broker, ports
    await asyncio.to_thread(broker.stop)


@pytest_asyncio.fixture
async def world(detour: tuple[ApacheKafka, Detour]) -> AsyncIterator[World]:
    """Topics on that broker."""
    made = World(detour[0].bootstrap)
    await made.make_topics()
    yield made
    made.stop()


async def test_a_worker_outlives_a_frozen_broker(world: World, detour: tuple[ApacheKafka, Detour]) -> None:
    messages = history(seed=11, articles=400)
    expected = world.expected(messages)
    worker = world.start()
    await worker.ready()
    await world.send(messages[:250])
    node = detour[0].nodes[0]
    node.pause()
    frozen = time.monotonic()
    try:
        while worker.page("/readyz")[0] != 503:
            assert time.monotonic() - frozen < 20, "still ready, though no broker answers"
            await asyncio.sleep(0.5)
        while time.monotonic() - frozen < SILENCE:
            assert worker.page("/livez")[0] == 200
            await asyncio.sleep(1)
    finally:
        node.resume()
    await world.send(messages[250:])
    assert await world.settle(expected) == expected
    assert worker.process.poll() is None
    await worker.ready()


async def test_a_frozen_worker_comes_back_and_does_no_harm(world: World) -> None:
    first, second, messages = await _two_of_them(world)
    await world.send(messages[:300])
    first.process.send_signal(signal.SIGSTOP)
    await _come_back(world, first, second, messages)


async def test_a_worker_cut_off_comes_back_and_does_no_harm(world: World, detour: tuple[ApacheKafka, Detour]) -> None:
    ports = detour[1]
    async with Proxy(ports.advertised, ports.listens) as proxy:
        first, second, messages = await _two_of_them(
            world, DRONETALLY_BOOTSTRAP_SERVERS=f"127.0.0.1:{ports.advertised}"
        )
        sending = asyncio.create_task(world.send(messages[:300]))
        await asyncio.sleep(0.3)
        proxy.shut()
        await sending
        await _come_back(world, first, second, messages, proxy)


async def _two_of_them(world: World, **extra: str) -> tuple[Worker, Worker, list[Message]]:
    first, second = world.start(**extra), world.start()
    await first.ready()
    await second.ready()
    return first, second, history(seed=12, articles=500)


async def _come_back(
    world: World, first: Worker, second: Worker, messages: list[Message], proxy: Proxy | None = None
) -> None:
    """Let the other take over meanwhile, then all go on; a third reads what they left and finds it right."""
    await asyncio.sleep(SILENCE)
    await world.send(messages[300:])
    expected = world.expected(messages)
    assert await world.settle(expected) == expected
    if proxy is None:
        first.process.send_signal(signal.SIGCONT)
    else:
        proxy.open()
    await asyncio.sleep(8)
    assert await world.settle(expected) == expected
    assert second.end(signal.SIGTERM)[0] == 0
    assert first.process.poll() is None, first.end(signal.SIGTERM)[1][-2000:]
    await first.ready()
    assert first.end(signal.SIGTERM)[0] == 0
    await world.start().ready()
    await world.send(messages)
    assert await world.settle(expected) == expected
