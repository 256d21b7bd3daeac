"""faust's consumer, made to lose nothing that it read while partitions are assigned, and to know how long they are its.

Records that were on their way while partitions move are dropped, and every partition is then set back to its committed
offset. Two things go wrong there:

- A partition without a committed offset has none to be set back to: faust leaves it behind the dropped records, says
  "ready", and they are read only after the next restart. That is what every partition of a new group looks like.
- Partitions flow while they are set back one after the other, each with a question to the brokers, and only then are
  the agents' queues emptied: what came from the first and was not yet taken is gone. Its offset is committed by the
  records behind it, for faust takes a jump in the offsets it reads for records compacted away.
"""

from __future__ import annotations

from typing import Any

from aiokafka.errors import NoError
from aiokafka.protocol.group import HeartbeatRequest, SyncGroupRequest
from aiokafka.structs import TopicPartition
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer

from worker.stream.lease import Lease

# Answers by which what we have is ours. "Rebalance in progress" is none: who takes too long to join again is put out.
_MEMBER = (HeartbeatRequest, SyncGroupRequest)


class LeasingThread(AIOKafkaConsumerThread):  # type: ignore[misc]
    """Renews the consumer's lease with each assignment and each heart-beat that the brokers confirm."""

    async def on_start(self) -> None:
        """Start aiokafka's consumer and listen to what its group coordinator answers."""
        await super().on_start()
        coordinator, lease = self._consumer._coordinator, self.consumer.lease
        ask = coordinator._send_req

        async def renewing(request: Any) -> Any:
            asked_at = lease.now()
            response = await ask(request)
            if isinstance(request, _MEMBER) and response.error_code == NoError.errno:
                lease.renew(asked_at)
            return response

        coordinator._send_req = renewing


class RewindingConsumer(Consumer):  # type: ignore[misc]
    """Sets partitions without a committed offset back to their beginning, and delivers nothing meanwhile.

    `lease` says how long what is assigned is surely ours, `leaving` that it is about to move.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.lease = Lease(self.app.conf.broker_session_timeout)
        self.leaving = False

    async def on_partitions_revoked(self, revoked: set[Any]) -> None:
        """Take note that what is assigned is about to move: a recovery under way must not set batches going again."""
        self.leaving = True
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[Any], generation_id: int = 0) -> None:
        """Take note that it has moved."""
        self.leaving = False
        await super().on_partitions_assigned(assigned, generation_id)

    def _new_consumer_thread(self) -> LeasingThread:
        return LeasingThread(self, loop=self.loop, beacon=self.beacon)

    async def perform_seek(self) -> None:
        """Set every partition back to what is next to do; those of changelogs are placed by the recovery.

        The flow is stopped until whoever called resumes it, as all callers do.
        """
        self.stop_flow()
        await super().perform_seek()
        untouched = [
            tp for tp in self.assignment() if self._committed_offset[tp] is None and not self._is_changelog_tp(tp)
        ]
        if untouched:
            await self._thread.seek_to_beginning(*(TopicPartition(tp.topic, tp.partition) for tp in untouched))
            for tp in untouched:
                self._read_offset[tp] = None
