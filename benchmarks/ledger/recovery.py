"""How long a worker takes to come back to a large ledger, on a real broker.

Run: `python -m benchmarks.ledger.recovery [claims]`, by default a million. The changelogs are filled as a worker would
have left them; then a worker starts, and one more article is sent. Measured is the time from its start until it is
ready, and until the tallies with the new article are published, with the processor time it took: on a busy machine
the clock says little.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec
from aiokafka import AIOKafkaProducer

from benchmarks.ledger.articles import FRONT, Newsroom
from tests.stream.workers import Worker, World
from worker import codec, topics
from worker.broker import KafkaOptions, choose
from worker.model import ArticleClaims, Edition
from worker.pipeline.editions import ArticleRecord
from worker.stream.topology import partition_of

NIGHTS = 365
PATIENCE = 900.0


async def fill(world: World, claims: int) -> tuple[int, int, int]:
    """Write the changelogs of a ledger; returns articles, claims and bytes of the ledger's changelog."""
    producer = AIOKafkaProducer(bootstrap_servers=world.bootstrap, acks=1, linger_ms=50, max_batch_size=512 * 1024)
    await producer.start()
    ledger, articles = (topics.changelog_topic(world.settings.app_id, name) for name in ("ledger", "articles"))
    home = partition_of(FRONT.encode(), world.partitions)
    written = said = size = 0
    room = Newsroom()
    count = claims * 10 // 32  # an article has 3.2 claims
    try:
        for entry in room.articles(count, NIGHTS):
            key, value = f"{FRONT}|{entry.article_id}".encode(), codec.pack(codec.encode(entry))
            await producer.send(ledger, value, key=key, partition=home)
            name = entry.article_id.encode()
            record = codec.encode(ArticleRecord(edition=entry.edition or Edition(version=0), fronts=(FRONT,)))
            await producer.send(articles, record, key=name, partition=partition_of(name, world.partitions))
            written, said, size = written + 1, said + len(entry.claims), size + len(key) + len(value)
        await producer.flush()
    finally:
        await producer.stop()
    return written, said, size


async def new_article(world: World) -> ArticleClaims:
    """Send claims about the last night that nobody has made yet."""
    entry = Newsroom(seed=2).article(NIGHTS - 1, "wording", variant=1)
    entry = msgspec.structs.replace(entry, article_id="new")
    producer = AIOKafkaProducer(bootstrap_servers=world.bootstrap)
    await producer.start()
    try:
        await producer.send_and_wait(world.settings.claims_topic, codec.encode(entry), key=FRONT.encode())
    finally:
        await producer.stop()
    return entry


async def ready(worker: Worker) -> None:
    """Wait until the worker is ready."""
    await worker.ready(PATIENCE)


async def published(world: World) -> None:
    """Wait until a tally is published."""
    while not await world.records(world.settings.week_topic):
        await asyncio.sleep(0.5)


def processor_seconds(worker: Worker) -> float:
    """What the worker has used of the processor."""
    fields = Path(f"/proc/{worker.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_bytes(worker: Worker) -> int:
    """What the worker holds of memory."""
    pages = int(Path(f"/proc/{worker.process.pid}/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Recovered:
    """What it took to come back to so many claims; `read` is what a plain consumer needs for the same topics.

    Times are wall and processor seconds: of an empty worker until it is ready, of this one until it is ready, of
    this one until it has published the next article, of the plain consumer.
    """

    claims: int
    bytes_per_claim: float
    empty: tuple[float, float]
    ready: tuple[float, float]
    published: tuple[float, float]
    read: tuple[float, float]
    memory_per_claim: float


async def measure(bootstrap: str, claims: int) -> Recovered:
    """Fill, read, start, send."""
    world = World(bootstrap)
    await world.make_topics()
    empty, took = await _started(world)
    await asyncio.sleep(2)
    base = resident_bytes(empty)
    empty.process.terminate()
    empty.process.wait(30)
    articles, said, size = await fill(world, claims)
    print(f"{articles} articles, {said} claims", flush=True)
    read = _read_plainly(world, 2 * articles)
    began = time.monotonic()
    worker, ready_in = await _started(world)
    await new_article(world)
    await asyncio.wait_for(published(world), PATIENCE)
    try:
        return Recovered(
            claims=said,
            bytes_per_claim=size / said,
            empty=took,
            ready=ready_in,
            published=(time.monotonic() - began, processor_seconds(worker)),
            read=read,
            memory_per_claim=(resident_bytes(worker) - base) / said,
        )
    finally:
        world.stop()


async def _started(world: World) -> tuple[Worker, tuple[float, float]]:
    started = time.monotonic()
    worker = world.start()
    await ready(worker)
    return worker, (time.monotonic() - started, processor_seconds(worker))


def _read_plainly(world: World, records: int) -> tuple[float, float]:
    """Let a plain consumer of its own process read what the worker will read."""
    names = [topics.changelog_topic(world.settings.app_id, name) for name in ("ledger", "articles")]
    program = [sys.executable, "-m", "benchmarks.ledger.reader", world.bootstrap, str(records), *names]
    started, before = time.monotonic(), os.times()
    subprocess.run(program, check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - started, used


def main() -> None:
    """Measure on a broker of its own, and print."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with choose("kafka", options=KafkaOptions(quick_start=False)) as broker:
        found = asyncio.run(measure(broker.bootstrap, claims))
    print(f"{found.claims:,} claims, {found.bytes_per_claim:.0f} bytes of changelog for each")
    for name in ("empty", "read", "ready", "published"):
        wall, cpu = getattr(found, name)
        print(f"{name:<10} {wall:6.1f} s, processor {cpu:6.1f} s")
    print(f"memory {found.memory_per_claim:.0f} bytes per claim more than an empty worker's")


if __name__ == "__main__":
    main()
