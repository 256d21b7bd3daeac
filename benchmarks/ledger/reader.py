"""A plain aiokafka consumer that reads topics from beginning to end and keeps the last value of each key.

Run: `python -m benchmarks.ledger.reader BOOTSTRAP RECORDS TOPIC…`.
"""

from __future__ import annotations

import asyncio
import sys

import uvloop
from aiokafka import AIOKafkaConsumer


async def read(bootstrap: str, records: int, topics: list[str]) -> dict[bytes, bytes | None]:
    """Read until so many records were read."""
    consumer = AIOKafkaConsumer(
        *topics, bootstrap_servers=bootstrap, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    last: dict[bytes, bytes | None] = {}
    async with consumer:
        while records > 0:
            for batch in (await consumer.getmany(timeout_ms=500)).values():
                last.update((record.key, record.value) for record in batch)
                records -= len(batch)
    return last


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(read(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
