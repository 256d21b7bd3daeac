"""faust's consumer, made to lose nothing that it read while partitions are assigned.

Records that were on their way while partitions move are dropped, and every partition is then set back to its committed
offset. Two things go wrong there:

- A partition without a committed offset has none to be set back to: faust leaves it behind the dropped records, says
  "ready", and they are read only after the next restart. That is what every partition of a new group looks like.
- Partitions flow while they are set back one after the other, each with a question to the brokers, and only then are
  the agents' queues emptied: what came from the first and was not yet taken is gone. Its offset is committed by the
  records behind it, for faust takes a jump in the offsets it reads for records compacted away.
"""

from __future__ import annotations

from aiokafka.structs import TopicPartition
from faust.transport.drivers.aiokafka import Consumer


class RewindingConsumer(Consumer):  # type: ignore[misc]
    """Sets partitions without a committed offset back to their beginning, and delivers nothing meanwhile."""

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
