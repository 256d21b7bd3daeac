"""Workers and brokers killed under load."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.brokers import kafka_with
from tests.faults.recount import counted
from tests.faults.report import Report
from tests.faults.scale import amount
from tests.stream.pages import ARTICLES, total
from tests.stream.stories import history
from tests.stream.workers import Message, Worker, World
from worker.broker import ApacheKafka, KafkaOptions
from worker.broker.properties import Detour
from worker.settings import Settings

pytestmark = [pytest.mark.broker, pytest.mark.timeout(amount(300, 3600))]


async def test_workers_killed_under_load(world: World, report: Report) -> None:
    kills, articles = amount(2, 10), amount(5_000, 100_000)
    # A killed worker is missed when its session ends: the long form waits for that of who sets nothing.
    default = str(Settings.model_fields["session_timeout"].default)
    session = amount({}, {"DRONETALLY_SESSION_TIMEOUT": default})
    messages = history(seed=21, articles=articles)
    workers = [world.start(**session), world.start(**session)]
    for each in workers:
        await each.ready()
    portion, longest = len(messages) // (kills + 1), 0.0
    for number in range(kills):
        sending = asyncio.create_task(world.send(messages[number * portion : (number + 1) * portion]))
        await asyncio.sleep(1)
        victim = workers.pop(0)
        victim.end(signal.SIGKILL)
        killed = time.monotonic()
        workers.append(world.start(**session))
        await sending
        for each in workers:
            await each.ready(60)
        longest = max(longest, time.monotonic() - killed)
    await world.send(messages[kills * portion :])
    bad, cells = await counted(world, messages, amount(120, 1200))
    report(
        f"kill -9 of a worker × {kills} during {articles:,} articles, two workers",
        "0 wrong cells; ready again ≤ 30 s",
        f"{bad} wrong of {cells:,}; all ready again after at most {longest:.1f} s",
        bad == 0 and longest <= 30,
    )


async def test_the_only_broker_killed(fragile: World, detour: tuple[ApacheKafka, Detour], report: Report) -> None:
    kills, articles = amount(2, 5), amount(1_000, 10_000)
    node, messages = detour[0].nodes[0], history(seed=22, articles=articles)
    worker = fragile.start()
    await worker.ready()
    portion, longest = len(messages) // (kills + 1), 0.0
    for number in range(kills):
        await fragile.send(messages[number * portion : (number + 1) * portion])
        await asyncio.sleep(0.5)
        node.kill()
        await asyncio.sleep(1)
        await asyncio.to_thread(node.start)
        longest = max(longest, await _progress(fragile, worker, messages[number * portion :][:1]))
    await fragile.send(messages[kills * portion :])
    bad, cells = await counted(fragile, messages)
    report(
        f"kill -9 of the only broker × {kills}",
        "0 wrong cells; progress ≤ 60 s after its return",
        f"{bad} wrong of {cells:,}; progress after at most {longest:.1f} s",
        bad == 0 and longest <= 60,
    )


@pytest_asyncio.fixture
async def three_nodes() -> AsyncIterator[ApacheKafka]:
    """A cluster of the test's own."""
    broker = kafka_with(KafkaOptions(nodes=3, heap_mb=256))
    await asyncio.to_thread(broker.start)
    yield broker
    await asyncio.to_thread(broker.stop)


async def test_three_brokers_restarted_one_after_the_other(three_nodes: ApacheKafka, report: Report) -> None:
    rounds, articles = amount(1, 3), amount(1_000, 10_000)
    world = World(three_nodes.bootstrap, extra={"DRONETALLY_REPLICATION": "3"})
    await world.make_topics()
    try:
        worker = world.start()
        await worker.ready()
        messages, longest = history(seed=23, articles=articles), 0.0
        portion = len(messages) // (3 * rounds + 1)
        for number in range(3 * rounds):
            sending = asyncio.create_task(world.send(messages[number * portion : (number + 1) * portion]))
            node = three_nodes.nodes[number % 3]
            await asyncio.to_thread(node.restart)
            await asyncio.to_thread(node.wait_until_ready)
            longest = max(longest, await _progress(world, worker, messages[number * portion :][:1]))
            await sending
        await world.send(messages[3 * rounds * portion :])
        bad, cells = await counted(world, messages)
    finally:
        world.stop()
    report(
        f"rolling restart of three brokers × {rounds}, replication 3, at least 2 in step",
        "0 wrong cells; progress ≤ 60 s",
        f"{bad} wrong of {cells:,}; progress after at most {longest:.1f} s",
        bad == 0 and longest <= 60,
    )


async def _progress(world: World, worker: Worker, again: list[Message]) -> float:
    """Send an article again, and return the seconds until the worker has read one more."""
    started = time.monotonic()
    before = total(worker, ARTICLES)
    sending = asyncio.create_task(world.send(again))
    while total(worker, ARTICLES) <= before:
        assert worker.process.poll() is None, _last(worker)
        assert time.monotonic() - started < 120, "no article was read for two minutes"
        await asyncio.sleep(0.2)
    await sending
    return time.monotonic() - started


def _last(worker: Worker) -> str:
    return worker.process.communicate()[1].decode()[-2000:]
