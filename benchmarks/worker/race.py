"""One run: a contender on fresh topics gets a number of articles; how long until all are counted, at what cost.

Before the clock starts it has counted a few articles of each language, so that nothing is measured that happens once.
The articles are then written as fast as the broker takes them. It has finished when the offsets it has committed are
the ends of its topics; a peer that acknowledges before it has written gains by it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from benchmarks.worker.articles import Sent, articles
from benchmarks.worker.contenders import Contender
from benchmarks.worker.processes import cpu_seconds, memory
from tests.stream.workers import World, repository
from worker.broker.ports import free_ports

WARM_UP = 60
PATIENCE = 3_600.0
_POLL = 0.1


@dataclass(frozen=True)
class Run:
    """What one run took."""

    articles: int
    wall: float
    cpu: float
    memory: int

    @property
    def per_cpu_second(self) -> float:
        """Articles for each second of one core."""
        return self.articles / self.cpu

    @property
    def per_second(self) -> float:
        """Articles for each second on the wall."""
        return self.articles / self.wall


class Meter:
    """Tells how far a contender has come, from what its group has committed."""

    def __init__(self, world: World, contender: Contender) -> None:
        self._group = world.settings.app_id
        self._input = world.settings.input_topic
        names = [world.settings.input_topic, *([world.settings.claims_topic] if contender.consumes_claims else [])]
        self._parts = [TopicPartition(name, number) for name in names for number in range(world.partitions)]
        self._admin = AIOKafkaAdminClient(bootstrap_servers=world.bootstrap)
        self._consumer = AIOKafkaConsumer(bootstrap_servers=world.bootstrap, enable_auto_commit=False)

    async def __aenter__(self) -> Meter:
        await self._admin.start()
        await self._consumer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._consumer.stop()
        await self._admin.close()

    async def lag(self) -> int:
        """Count what is not committed yet."""
        return await self._lag(self._parts)

    async def articles_left(self) -> int:
        """Count the articles that are not committed yet."""
        return await self._lag([part for part in self._parts if part.topic == self._input])

    async def _lag(self, parts: Sequence[TopicPartition]) -> int:
        committed = await self._admin.list_consumer_group_offsets(self._group)
        ends = await self._consumer.end_offsets(parts)
        done = {part: max(0, committed[part].offset) if part in committed else 0 for part in parts}
        return sum(ends[part] - done[part] for part in parts)

    async def _lag_or_more(self) -> int:
        try:
            return await self.lag()
        except KafkaError as error:  # a new broker has no coordinator for a group at first
            if not error.retriable:
                raise
            return 1

    async def finished(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until nothing is left.

        Raises:
            RuntimeError: the contender ended, or takes too long.
        """
        deadline = time.monotonic() + PATIENCE
        while await self._lag_or_more():
            if process.poll() is not None:
                raise RuntimeError(f"ended with code {process.returncode}")
            if time.monotonic() > deadline:
                raise RuntimeError("does not finish")
            await asyncio.sleep(_POLL)


@asynccontextmanager
async def running(world: World, contender: Contender) -> AsyncIterator[tuple[subprocess.Popen[bytes], Meter]]:
    """Start a contender and warm it up; end it afterwards, and say what it said if it failed."""
    await world.make_topics()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DRONETALLY_")}
    (port,) = free_ports(1)
    environment = {**inherited, **world.environment, "DRONETALLY_HTTP_PORT": str(port), **contender.environment}
    environment["PYTHONPATH"] = str(repository())  # for a Python that knows nothing of the project
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(contender.command(world), env=environment, stdout=said, stderr=said)
        try:
            async with Meter(world, contender) as meter:
                await send(world, list(articles(WARM_UP, seed=0, nights=1)))
                await meter.finished(process)
                await asyncio.sleep(1)  # what it does in the background after a start
                yield process, meter
        except RuntimeError as error:
            said.seek(0)
            raise RuntimeError(f"{contender.name} {error}: {said.read()[-3000:].decode()}") from None
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


async def race(bootstrap: str, contender: Contender, sent: Sequence[Sent], *, written_before: bool = False) -> Run:
    """Let a contender count these articles once.

    Where they are `written_before`, the clock starts behind the last of them, and what is done by then does not count:
    for contenders that take all cores, and would have to share them with who writes.
    """
    world = World(bootstrap)
    async with running(world, contender) as (process, meter):
        if written_before:
            await send(world, sent)
        cpu, started = cpu_seconds(process.pid), time.monotonic()
        if not written_before:
            await send(world, sent)
        left = await meter.articles_left() if written_before else len(sent)
        await meter.finished(process)
        return Run(
            articles=left,
            wall=time.monotonic() - started,
            cpu=cpu_seconds(process.pid) - cpu,
            memory=memory(process.pid),
        )


async def send(world: World, sent: Sequence[Sent]) -> None:
    """Write articles as fast as the broker takes them."""
    producer = AIOKafkaProducer(bootstrap_servers=world.bootstrap, linger_ms=5, max_batch_size=512 * 1024)
    async with producer:
        for each in sent:
            await producer.send(world.settings.input_topic, each.value, key=each.key)
        await producer.flush()
