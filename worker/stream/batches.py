"""Batches of events: taken together, worked on, confirmed, and only then acknowledged.

faust acknowledges what an agent took even when the agent fails on it, so a failure loses the batch; and when the
background task behind its `take` family fails, the agent waits for ever and nobody is told. Here an agent only moves
events into a bounded queue, and a task beside it works them off. Events are acknowledged one by one after their
effects are durable; a failure ends the worker, and the batch comes again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from worker.stream.outbox import Outbox, StaleBatchError

if TYPE_CHECKING:
    import faust
    from faust.types import EventT

Step = Callable[[Sequence["EventT"], Outbox], Awaitable[None]]


class BatchLoop:
    """One agent's loop: `step` must leave the outbox confirmed when it returns.

    `failed` is set, with `failure` saying why, when a batch ended with an error. `forget` is called when one was given
    up half written: what is in memory must then be read again.
    """

    def __init__(
        self, app: faust.App, step: Step, size: int, wait: float, forget: Callable[[], None] = lambda: None
    ) -> None:
        self._app = app
        self._step = step
        self._forget = forget
        self._size = size
        self._wait = wait
        self._queue: asyncio.Queue[EventT] = asyncio.Queue(maxsize=size)
        self._busy = asyncio.Lock()
        self._resting = False
        self.failed = asyncio.Event()
        self.failure: Exception | None = None

    async def run(self, stream: Any) -> None:
        """Consume a faust stream until it stops; this is what faust calls the agent function."""
        stream.enable_acks = False
        working = asyncio.create_task(self._work(stream))
        try:
            async for event in stream.events():
                await self._queue.put(event)
        finally:
            working.cancel()

    async def finish(self) -> None:
        """Wait for the end of the batch in work, if any, and begin no other until `resume`.

        Partitions must not move in the middle of a batch: whoever gets them would read the tables before all of it
        is written. What arrives meanwhile is let go of: it is not acknowledged, so it comes again.
        """
        self._resting = True
        async with self._busy:
            return

    def resume(self) -> None:
        """Work again: partitions are assigned and tables read back, though maybe under the same generation."""
        self._resting = False

    async def _work(self, stream: Any) -> None:
        try:
            while True:
                events = await self._take()
                async with self._busy:
                    await self._work_on(events, stream)
                del events  # they may be large, and the next may be long in coming
        except Exception as error:
            # A crashed agent leaves faust's app running and silent, so the worker is told, and ends.
            self.failure = error
            self.failed.set()

    async def _take(self) -> list[EventT]:
        events = [await self._queue.get()]
        if self._queue.qsize() < self._size - 1:
            await asyncio.sleep(self._wait)
        while len(events) < self._size and not self._queue.empty():
            events.append(self._queue.get_nowait())
        return events

    async def _work_on(self, events: Sequence[EventT], stream: Any) -> None:
        # Events of an earlier assignment were handed out again with the new one.
        generation = self._app.consumer_generation_id
        current = [event for event in events if event.message.generation_id == generation]
        if self._resting or not current:
            return
        try:
            await self._step(current, Outbox(self._app, self._app.consumer.lease, lambda: self._resting))
        except StaleBatchError:
            if not self._resting:
                raise  # the partitions moved under the batch, and may be in recovery: too late to read them again
            self._forget()
            return  # the partitions moved on while we worked: whoever has them now gets these events
        for event in current:
            await stream.ack(event)
