"""Sends of one batch, confirmed together before anything is acknowledged.

faust's own `send_soon` and table writes are confirmed by nobody: an offset may be committed while they are still in
memory. Here every send is a future, and `confirm` waits for all of them or raises.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiokafka.errors import KafkaError
from faust.exceptions import ProducerSendError

from worker.metrics import PUBLISH_ERRORS, PUBLISH_SECONDS
from worker.stream.lease import Lease
from worker.stream.patience import passes

if TYPE_CHECKING:
    import faust

Headers = list[tuple[str, bytes]]

PATIENCE = 60.0
"""Seconds for which brokers that answer heart-beats may refuse a message, as while a partition has no leader."""

_PAUSE = 0.1


class PublishError(RuntimeError):
    """A message could not be written; the worker must stop, for going on would lose it."""

    def __init__(self, topic: str, error: BaseException) -> None:
        super().__init__(f"can't write to topic {topic}: {type(error).__name__}: {error}")
        self.topic = topic
        self.error = error


class StaleBatchError(RuntimeError):
    """The partitions were assigned anew while a batch was in work; its effects are no longer ours to write."""


@dataclass(frozen=True, slots=True)
class _Message:
    topic: str
    key: bytes | None
    value: bytes | None
    partition: int | None
    headers: Headers | None


class Outbox:
    """What was sent and is not yet confirmed, under one assignment of partitions.

    Args:
        app: the running app; its producer takes the messages.
        lease: says whether what we were assigned is still ours.
        abandoned: says that partitions are about to move and nobody may wait any more.
    """

    def __init__(self, app: faust.App, lease: Lease, abandoned: Callable[[], bool] = lambda: False) -> None:
        self._app = app
        self._lease = lease
        self._abandoned = abandoned
        self._generation = app.consumer_generation_id
        self._pending: list[tuple[_Message, asyncio.Future[Any]]] = []

    async def require_ours(self) -> None:
        """Wait until the lease is renewed, if it has run out; go on only if the partitions are still ours.

        Raises:
            StaleBatchError: partitions were assigned anew since this outbox was made, or are about to be.
        """
        self._require_current()
        while not self._lease.held:
            if self._abandoned():
                raise StaleBatchError
            await asyncio.sleep(_PAUSE)
            self._require_current()

    async def send(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        *,
        partition: int | None = None,
        headers: Headers | None = None,
    ) -> None:
        """Hand a message to the producer; its time is now, for retention counts from it.

        Raises:
            PublishError: the producer refused it at once (too large, topic unknown).
            StaleBatchError: as `require_ours`.
        """
        await self.require_ours()
        await self._hand_over(_Message(topic, key, value, partition, headers))

    async def confirm(self) -> None:
        """Wait until the brokers have everything sent so far.

        What they could not take for a passing reason (no leader, no answer) is sent again, in its order, as long as
        the partitions are ours. While not even heart-beats are answered this may take for ever.

        Raises:
            PublishError: one of the messages could not be written.
            StaleBatchError: as `require_ours`; what was sent may be written or not.
        """
        started = time.perf_counter()
        answered_since: float | None = None
        while self._pending:
            pending, self._pending = self._pending, []
            results = await asyncio.gather(*(future for _, future in pending), return_exceptions=True)
            failures = [(n, result) for n, result in enumerate(results) if isinstance(result, BaseException)]
            if not failures:
                PUBLISH_SECONDS.observe(time.perf_counter() - started)
                return
            for n, error in failures:
                if not passes(error):
                    raise self._failed(pending[n][0].topic, error) from error
            first, error = failures[0]
            if not self._lease.held:
                answered_since = None
            elif answered_since is None:
                answered_since = self._lease.now()
            elif self._lease.now() - answered_since > PATIENCE:
                raise self._failed(pending[first][0].topic, error) from error
            if self._abandoned():
                raise StaleBatchError  # no partition waits for a broker that may not take it for long
            await asyncio.sleep(_PAUSE)
            await self.require_ours()
            for message, _ in pending[first:]:  # those behind it too: an older value must not come after a newer
                await self._hand_over(message)

    def _require_current(self) -> None:
        if self._app.consumer_generation_id != self._generation:
            raise StaleBatchError

    async def _hand_over(self, message: _Message) -> None:
        future: asyncio.Future[Any]
        try:
            future = await self._app.producer.send(
                message.topic, message.key, message.value, message.partition, None, message.headers
            )
        except (KafkaError, ProducerSendError, AssertionError) as raised:  # it asserts on partitions it does not know
            error = raised.__cause__ if isinstance(raised, ProducerSendError) and raised.__cause__ else raised
            if not passes(error):
                raise self._failed(message.topic, error) from error
            future = asyncio.get_running_loop().create_future()
            future.set_exception(error)
        future.add_done_callback(_look)
        self._pending.append((message, future))

    @staticmethod
    def _failed(topic: str, error: BaseException) -> PublishError:
        PUBLISH_ERRORS.labels(topic, type(error).__name__).inc()
        return PublishError(topic, error)


def _look(future: asyncio.Future[Any]) -> None:
    """Take note of a failure that nobody may wait for any more, or Python complains of it later."""
    if not future.cancelled():
        future.exception()
