"""Batches of events: taken together, worked on, confirmed, and only then acknowledged.

faust acknowledges what an agent took even when the agent fails on it, so a failure loses the batch. Here events are
acknowledged one by one after their effects are durable; a failure ends the worker, and the batch comes again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from worker.stream.outbox import Outbox, StaleBatchError

if TYPE_CHECKING:
    import faust
    from faust.types import EventT

Step = Callable[[Sequence["EventT"], Outbox], Awaitable[None]]


class BatchLoop:
    """One agent's loop: `step` must leave the outbox confirmed when it returns."""

    def __init__(self, app: faust.App, step: Step, size: int, wait: float) -> None:
        self._app = app
        self._step = step
        self._size = size
        self._wait = wait
        self._busy = asyncio.Lock()

    async def run(self, stream: Any) -> AsyncIterable[None]:
        """Consume a faust stream until it stops; this is what faust calls the agent function."""
        async for events in stream.noack_take(self._size, within=self._wait):
            async with self._busy:
                # Events of an earlier assignment were handed out again with the new one.
                generation = self._app.consumer_generation_id
                current = [event for event in events if event.message.generation_id == generation]
                try:
                    if current:
                        await self._step(current, Outbox(self._app))
                except StaleBatchError:
                    continue  # the partitions moved on while we worked: whoever has them now gets these events
                for event in current:
                    await stream.ack(event)
            yield None

    async def idle(self) -> None:
        """Wait until the batch in work, if any, is done: partitions must not move in the middle of one."""
        async with self._busy:
            return
