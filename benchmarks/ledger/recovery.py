"""How long a worker takes to come back to a large ledger, on a real broker.

Run: `python -m benchmarks.ledger.recovery [claims]`, by default a million. The changelogs are filled as a worker would
have left them; then a worker starts, and one more article is sent. Measured is the time from its start until it is
ready, and until the tallies with the new article are published, with the processor time it took: on a busy machine
the clock says little.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
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


async def measure(bootstrap: str, claims: int) -> None:
    """Fill, start, send, and print."""
    world = World(bootstrap)
    await world.make_topics()
    empty = world.start()
    await ready(empty)
    await asyncio.sleep(2)
    base, base_seconds = resident_bytes(empty), processor_seconds(empty)
    empty.process.terminate()
    empty.process.wait(30)
    articles, said, size = await fill(world, claims)
    print(f"{articles} articles, {said} claims; changelog of the ledger {size / said:.0f} bytes per claim", flush=True)
    started = time.monotonic()
    worker = world.start()
    await ready(worker)
    print(f"ready after {time.monotonic() - started:.1f} s, processor {processor_seconds(worker):.1f} s", flush=True)
    await new_article(world)
    await asyncio.wait_for(published(world), PATIENCE)
    took, used = time.monotonic() - started, processor_seconds(worker)
    print(f"published after {took:.1f} s, processor {used:.1f} s ({base_seconds:.1f} s of it an empty worker's)")
    held = resident_bytes(worker) - base
    print(f"memory {held / said:.0f} bytes per claim more than an empty worker's {base / 1e6:.0f} MB", flush=True)
    world.stop()


def main() -> None:
    """Measure on a broker of its own."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with choose("kafka", options=KafkaOptions(quick_start=False)) as broker:
        asyncio.run(measure(broker.bootstrap, claims))


if __name__ == "__main__":
    main()
