"""Batches and the moments at which partitions move."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from worker.stream.batches import BatchLoop
from worker.stream.lease import Lease
from worker.stream.outbox import Outbox


class Source:
    """A stream of events that the test hands in."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Any] = asyncio.Queue()
        self.acknowledged: list[int] = []

    def put(self, number: int, generation: int) -> None:
        self.queue.put_nowait(SimpleNamespace(number=number, message=SimpleNamespace(generation_id=generation)))

    async def events(self) -> AsyncIterator[Any]:
        while True:
            yield await self.queue.get()

    async def ack(self, event: Any) -> None:
        self.acknowledged.append(event.number)


async def test_no_batch_begins_between_the_end_of_an_assignment_and_the_next() -> None:
    app: Any = SimpleNamespace(consumer_generation_id=1, consumer=SimpleNamespace(lease=Lease(session_timeout=30)))
    source, done, go = Source(), list[int](), asyncio.Event()

    async def step(events: Sequence[Any], _: Outbox) -> None:
        await go.wait()
        done.extend(event.number for event in events)

    loop = BatchLoop(app, step, size=1, wait=0.001)
    running = asyncio.create_task(loop.run(source))
    for number in range(3):
        source.put(number, generation=1)
    await asyncio.sleep(0.05)
    finishing = asyncio.create_task(loop.finish())
    await asyncio.sleep(0.05)
    assert not finishing.done()  # the first batch is in work
    go.set()
    await finishing
    await asyncio.sleep(0.05)
    assert done == source.acknowledged == [0]  # the others come again to whoever has the partition then
    loop.resume()  # a member that joins again without a change keeps its generation
    for number in range(1, 3):
        source.put(number, generation=1)
    await asyncio.sleep(0.05)
    assert done == source.acknowledged == [0, 1, 2]
    app.consumer_generation_id = 2
    source.put(3, generation=1)
    source.put(4, generation=2)
    await asyncio.sleep(0.05)
    assert done == source.acknowledged == [0, 1, 2, 4]
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
