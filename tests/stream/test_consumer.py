"""What the worker's consumer mends in faust's: nothing that was read is lost when partitions are assigned."""

from __future__ import annotations

import asyncio
import signal

import pytest

from tests.stream.stories import history
from tests.stream.workers import World
from worker.exits import EXIT_UNAVAILABLE

pytestmark = pytest.mark.broker

# A worker whose brokers take their time to tell the committed offsets, as loaded ones do. It says what was handed to
# the agents while partitions were still being set back: faust empties the agents' queues right after that.
_SLOW_SEEKS = """
import asyncio, sys
from aiokafka import AIOKafkaConsumer
from worker.cli.main import commands
from worker.stream.consumer import RewindingConsumer

ask, seek, deliver = AIOKafkaConsumer.committed, RewindingConsumer.perform_seek, RewindingConsumer.track_message
seeking = early = 0

async def committed(self, partition):
    offset = await ask(self, partition)
    await asyncio.sleep(0.01)
    return offset

async def perform_seek(self):
    global seeking
    seeking += 1
    try:
        await seek(self)
    finally:
        seeking -= 1
        print("set back;", early, "handed on meanwhile", file=sys.stderr, flush=True)

def track_message(self, message):
    global early
    early += bool(seeking and not self._is_changelog_tp(message.tp))
    deliver(self, message)

AIOKafkaConsumer.committed = committed
RewindingConsumer.perform_seek = perform_seek
RewindingConsumer.track_message = track_message
commands(["worker"])
"""


async def test_nothing_is_handed_on_while_partitions_are_set_back(world: World) -> None:
    messages = history(seed=5, articles=2000)
    await world.send(messages[:500])
    before = world.start()
    await before.ready()
    expected = world.expected(messages[:500])
    assert await world.settle(expected) == expected
    assert before.end(signal.SIGTERM)[0] == 0
    await world.send(messages[500:])
    worker = world.start(program=_SLOW_SEEKS)
    await worker.ready()
    expected = world.expected(messages)
    assert await world.settle(expected) == expected
    said = [line for line in worker.end(signal.SIGTERM)[1].splitlines() if line.startswith("set back")]
    assert said
    assert set(said) == {"set back; 0 handed on meanwhile"}


# A worker whose brokers answer fetches late, whose fetches last longer than partitions need to move, and which is held
# up before it reads the changelogs it has set back: on a free machine all this is a matter of milliseconds.
_HELD_UP = """
import asyncio
from aiokafka.consumer.fetcher import Fetcher
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from worker.cli.main import commands

answer, fetch, seek = Fetcher._proc_fetch_request, AIOKafkaConsumerThread.getmany, AIOKafkaConsumerThread.seek_wait

async def late(self, *arguments):
    await asyncio.sleep(0.3)
    return await answer(self, *arguments)

async def getmany(self, active_partitions, timeout):
    return await fetch(self, active_partitions, timeout=5)

async def seek_wait(self, partitions):
    await seek(self, partitions)
    await asyncio.sleep(1)

Fetcher._proc_fetch_request = late
AIOKafkaConsumerThread.getmany, AIOKafkaConsumerThread.seek_wait = getmany, seek_wait
commands(["worker"])
"""


async def test_a_fetch_under_way_takes_nothing_from_a_recovery(world: World) -> None:
    messages = history(seed=6, articles=120)
    stays = world.start(program=_HELD_UP)
    await stays.ready()
    await world.send(messages[:60])
    expected = world.expected(messages[:60])
    assert await world.settle(expected) == expected
    comes = world.start()
    await comes.ready()
    await stays.ready()  # that it is not, for some seconds, may not have been seen yet: what follows needs both
    await world.send(messages[60:])
    expected = world.expected(messages)
    assert await world.settle(expected) == expected
    for worker in (comes, stays):
        assert worker.end(signal.SIGTERM)[0] == 0


# A worker to which no record of a changelog comes back, for whatever reason, and which has less patience.
_STUCK = """
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from worker.cli.main import commands
from worker.stream import standstill

fetch = AIOKafkaConsumerThread.getmany

async def getmany(self, active_partitions, timeout):
    found = await fetch(self, active_partitions, timeout)
    return {tp: records for tp, records in found.items() if not tp.topic.endswith("-changelog")}

standstill.LONGEST = 4
AIOKafkaConsumerThread.getmany = getmany
commands(["worker"])
"""


async def test_a_worker_that_does_not_get_its_partitions_back_says_so_and_ends(world: World) -> None:
    messages = history(seed=7, articles=60)
    stuck = world.start(program=_STUCK)
    await stuck.ready()
    await world.send(messages)
    expected = world.expected(messages)
    assert await world.settle(expected) == expected
    world.start()
    assert await asyncio.to_thread(stuck.process.wait, 60) == EXIT_UNAVAILABLE
    last = stuck.process.communicate()[1].decode().splitlines()[-1]
    assert last.startswith("drone-tally: ")
    assert "nothing moved for" in last


# What faust's search for partitions without headway does when it comes while one of them is being set back.
_NO_POSITION = """
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from worker.cli.main import commands

def verify_event_path(self, now, tp):
    assert self._consumer is None, "aiokafka: no position"

AIOKafkaConsumerThread.verify_event_path = verify_event_path
commands(["worker"])
"""


async def test_a_partition_without_a_position_ends_no_worker(world: World) -> None:
    messages = history(seed=8, articles=60)
    worker = world.start(program=_NO_POSITION, DRONETALLY_COMMIT_INTERVAL="0.1")
    await worker.ready()
    await world.send(messages)
    expected = world.expected(messages)
    assert await world.settle(expected) == expected
    assert worker.end(signal.SIGTERM)[0] == 0
