"""Everything again: duplicates, another order, a replay of the whole topic, offsets set back on live state."""

from __future__ import annotations

import random
import signal

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from tests.faults.recount import recount
from tests.faults.report import Report
from tests.faults.scale import amount
from tests.stream.pages import ARTICLES, all_read, total
from tests.stream.stories import history
from tests.stream.workers import World
from worker import topics

pytestmark = [pytest.mark.broker, pytest.mark.timeout(amount(300, 1800))]


async def test_everything_again_in_any_order_changes_nothing(world: World, report: Report) -> None:
    articles = amount(1_500, 50_000)
    messages = history(seed=41, articles=articles)
    worker = world.start()
    await worker.ready()
    await world.send(messages)
    expected = await recount(world, messages)
    first = await world.settle(expected, amount(90, 900))
    random.Random(41).shuffle(messages)
    before = total(worker, ARTICLES)
    await world.send(messages)
    await all_read(worker, amount(90, 900), len(messages), before)
    again = await world.published()
    assert worker.end(signal.SIGTERM)[0] == 0
    await _set_back(world)
    worker = world.start()
    await worker.ready()
    await all_read(worker, amount(120, 900), 2 * len(messages))
    third = await world.published()
    same = [published == expected for published in (first, again, third)]
    report(
        f"{articles:,} articles with 20 % duplicates, shuffled; all again in another order; offsets set to earliest",
        "byte-identical tallies each time",
        f"{len(expected):,} tallies, identical: {', '.join('yes' if each else 'no' for each in same)}",
        all(same) and total(worker, ARTICLES) >= 2 * len(messages),
    )


async def _set_back(world: World) -> None:
    """Set the group's offsets of everything it reads to the beginning, as an operator may."""
    settings = world.settings
    names = (settings.input_topic, topics.rekeyed_topic(settings), settings.claims_topic)
    consumer = AIOKafkaConsumer(bootstrap_servers=world.bootstrap, group_id=settings.app_id, enable_auto_commit=False)
    await consumer.start()
    try:
        parts = [TopicPartition(name, number) for name in names for number in range(world.partitions)]
        consumer.assign(parts)
        await consumer.commit(dict.fromkeys(parts, 0))
    finally:
        await consumer.stop()
