"""Sends of one batch, confirmed together before anything is acknowledged.

faust's own `send_soon` and table writes are confirmed by nobody: an offset may be committed while they are still in
memory. Here every send is a future, and `confirm` waits for all of them or raises.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

from aiokafka.errors import KafkaError

from worker.metrics import PUBLISH_ERRORS, PUBLISH_SECONDS

if TYPE_CHECKING:
    import faust

Headers = list[tuple[str, bytes]]


class PublishError(RuntimeError):
    """A message could not be written; the worker must stop, for going on would lose it."""

    def __init__(self, topic: str, error: BaseException) -> None:
        super().__init__(f"can't write to topic {topic}: {type(error).__name__}: {error}")
        self.topic = topic
        self.error = error


class StaleBatchError(RuntimeError):
    """The partitions were assigned anew while a batch was in work; its effects are no longer ours to write."""


class Outbox:
    """Futures of what was sent and not yet confirmed, under one assignment of partitions."""

    def __init__(self, app: faust.App) -> None:
        self._app = app
        self._generation = app.consumer_generation_id
        self._pending: list[tuple[str, Awaitable[Any]]] = []

    def require_current(self) -> None:
        """Refuse to go on after a rebalance.

        Raises:
            StaleBatchError: partitions were assigned anew since this outbox was made.
        """
        if self._app.consumer_generation_id != self._generation:
            raise StaleBatchError

    async def send(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        *,
        partition: int | None = None,
        headers: Headers | None = None,
    ) -> Awaitable[Any]:
        """Hand a message to the producer; its time is now, for retention counts from it.

        Raises:
            PublishError: the producer refused it at once (too large, topic unknown).
            StaleBatchError: as `require_current`.
        """
        self.require_current()
        try:
            future: Awaitable[Any] = await self._app.producer.send(topic, key, value, partition, None, headers)
        except (KafkaError, AssertionError) as error:  # aiokafka asserts on partitions it does not know
            raise self._failed(topic, error) from error
        self._pending.append((topic, future))
        return future

    async def confirm(self) -> None:
        """Wait until the brokers have everything sent so far.

        Raises:
            PublishError: one of the messages could not be written.
        """
        if not self._pending:
            return
        started = time.perf_counter()
        pending, self._pending = self._pending, []
        results = await asyncio.gather(*(future for _, future in pending), return_exceptions=True)
        for (topic, _), result in zip(pending, results, strict=True):
            if isinstance(result, BaseException):
                raise self._failed(topic, result) from result
        PUBLISH_SECONDS.observe(time.perf_counter() - started)

    @staticmethod
    def _failed(topic: str, error: BaseException) -> PublishError:
        PUBLISH_ERRORS.labels(topic, type(error).__name__).inc()
        return PublishError(topic, error)
