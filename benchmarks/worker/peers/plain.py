"""A plain aiokafka loop: one consumer, one producer, dictionaries. What Python can do on one core.

It loses its state with its process, and repeats nothing after a crash: that is what the worker does on top.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal

import uvloop
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from benchmarks.worker.peers.stages import Ledgers, claims_of, load_languages
from worker import codec
from worker.settings import Settings, load

_BATCH = 500
_WAIT_MS = 20


async def work(settings: Settings) -> None:
    """Read batch after batch; publish, then commit."""
    consumer = AIOKafkaConsumer(
        settings.input_topic,
        bootstrap_servers=settings.bootstrap_servers,
        group_id=settings.app_id,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.bootstrap_servers, acks="all", linger_ms=5, max_batch_size=512 * 1024
    )
    topics = {"P1D": settings.day_topic, "P7D": settings.week_topic, "conflicts": settings.conflicts_topic}
    records: dict[bytes, bytes] = {}
    published: dict[tuple[str, str], bytes] = {}
    ledgers = Ledgers(settings)
    async with consumer, producer:
        while True:
            batches = await consumer.getmany(timeout_ms=_WAIT_MS, max_records=_BATCH)
            if not batches:
                continue
            for message in (message for batch in batches.values() for message in batch):
                records[message.key], entries = claims_of(message.key, message.value, records.get(message.key))
                for entry in entries:
                    await producer.send(settings.claims_topic, codec.encode(entry), key=(entry.front or "").encode())
                    ledgers.put(entry)
            for role, key, value in ledgers.changes(lambda role, key: published.get((role, key))):
                published[role, key] = value
                await producer.send(topics[role], value, key=key.encode())
            await producer.flush()
            await consumer.commit()


async def _until_ended(settings: Settings) -> None:
    task = asyncio.create_task(work(settings))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


if __name__ == "__main__":
    load_languages()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_until_ended(load()))
