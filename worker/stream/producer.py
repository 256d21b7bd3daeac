"""faust's producer, made to send nothing once the lease has run out.

aiokafka asks for the age of a batch only where a leader is missing or an attempt failed: what waited behind another
request goes out however old it is, also after the process was frozen. Here a batch that is too old, or that nobody may
write any more, fails instead, as one without an answer does; its outbox sends it again if it still may.

It also keeps the last batches it sent until it sends others: these are let go of when they are through, for they may be
large.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from typing import Any

from aiokafka.errors import KafkaTimeoutError
from faust.transport.drivers.aiokafka import Producer

_LARGE_BYTES = 1024 * 1024
"""Messages larger than this are not compressed: that would take the memory of two more copies, and they are few. What
is sent beside such a one may be left uncompressed, too."""
_UNCOMPRESSED = 0


class LeasedProducer(Producer):  # type: ignore[misc]
    """Fails what waits in memory when the consumer's lease is not held, and what waited too long.

    It also puts the frames of the app before the values of topics that have one: behind the last place where values are
    compared with those published before.
    """

    _compression = _UNCOMPRESSED

    async def send(self, topic: str, key: bytes | None, value: bytes | None, *options: Any, **more: Any) -> Any:
        """Hand a message to aiokafka, in the frame of its topic; a null value stays one."""
        if value is not None and (frame := self.app.frames.get(topic)) is not None:
            value = frame + value
        if value is None or len(value) <= _LARGE_BYTES:
            return await super().send(topic, key, value, *options, **more)
        waiting = self._producer._message_accumulator
        waiting._compression_type = _UNCOMPRESSED
        try:
            return await super().send(topic, key, value, *options, **more)
        finally:
            waiting._compression_type = self._compression

    async def on_start(self) -> None:
        """Start aiokafka's producer and look at what it is about to send."""
        await super().on_start()
        lease, waiting = self.app.consumer.lease, self._producer._message_accumulator
        self._compression = waiting._compression_type
        drain = waiting.drain_by_nodes
        sent: list[dict[Any, Any]] = []

        def drain_what_may_go(
            ignore_nodes: Collection[int], muted_partitions: AbstractSet[Any] = frozenset()
        ) -> tuple[dict[Any, dict[Any, Any]], bool]:
            for batches in sent:
                if muted_partitions.isdisjoint(batches):  # else it has still to be answered, or to be let go of
                    batches.clear()
            held = lease.held
            for partition in list(waiting._batches):
                if partition in muted_partitions:  # its order is kept while an earlier batch is under way
                    continue
                while partition in waiting._batches and (not held or waiting._batches[partition][0].expired()):
                    waiting._pop_batch(partition).failure(exception=KafkaTimeoutError())
            drained: tuple[dict[Any, dict[Any, Any]], bool] = drain(ignore_nodes, muted_partitions)
            sent[:] = [*filter(None, sent), *drained[0].values()]
            return drained

        waiting.drain_by_nodes = drain_what_may_go
