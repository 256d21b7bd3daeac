"""State that other versions left: what earlier ones wrote is read, what later ones will write is refused."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

import pytest
from aiokafka import AIOKafkaProducer

from tests.faults import states
from tests.faults.recount import recount, wrong
from tests.faults.report import Report
from tests.stream.workers import World
from worker import topics
from worker.stream.store import FORMAT, FORMAT_KEY

pytestmark = pytest.mark.broker


async def test_state_of_earlier_versions_is_read(make_world: Callable[..., World], report: Report) -> None:
    names, later = states.names(), states.told_later()
    worlds = [make_world(partitions=states.PARTITIONS) for _ in names]
    expected = await recount(worlds[0], [*states.told(), *later])

    async def upgraded(world: World, name: str) -> tuple[int, int]:
        await world.make_topics()
        await states.play(world, name)
        await world.start().ready(60)
        await world.send(later)
        return wrong(await world.settle(expected, 60), expected)

    counts = await asyncio.gather(*(upgraded(*pair) for pair in zip(worlds, names, strict=True)))
    bad, cells = (sum(each) for each in zip(*counts, strict=True))
    report(
        f"upgrade: state and topics of {len(names)} earlier formats, then more articles",
        "0 wrong cells",
        f"{bad} wrong of {cells:,} ({', '.join(names)})",
        bad == 0 and len(names) >= FORMAT - 1,
    )


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (FORMAT_KEY, b"%d" % (FORMAT + 1), f"a newer worker wrote it (format {FORMAT + 1}"),
        (b"one", b"\x00 of another kind", "is none that this version writes"),
    ],
    ids=["newer", "unknown"],
)
async def test_state_that_cannot_be_read_is_refused(
    world: World, report: Report, key: bytes, value: bytes, said: str
) -> None:
    await _write(world, topics.changelog_topic(world.settings.app_id, "articles"), key, value)
    worker = world.start()
    await world.send([message for message in states.told() if message.key == b"one"])
    _, errors = await asyncio.to_thread(worker.process.communicate, timeout=60)
    code, line = worker.process.returncode, errors.decode().splitlines()[-1]
    report(
        "state of a newer version" if key == FORMAT_KEY else "a record of state that no version wrote",
        "refused with the command that migrates",
        f"code {code}: {line.replace(world.name, 'drone-tally')}",
        code == os.EX_CONFIG and said in line and "topics apply" in line,
    )


async def _write(world: World, topic: str, key: bytes, value: bytes) -> None:
    """Write to each partition: which one the article comes to does not matter then."""
    producer = AIOKafkaProducer(bootstrap_servers=world.bootstrap)
    await producer.start()
    try:
        for partition in range(world.partitions):
            await producer.send_and_wait(topic, value, key=key, partition=partition)
    finally:
        await producer.stop()
