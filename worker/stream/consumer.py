"""faust's consumer, made to read again what it let go of in a rebalance.

Records that were on their way while partitions move are dropped, and every partition is then set back to its committed
offset. One without a committed offset has none to be set back to: faust leaves it behind the dropped records, says
"ready", and they are read only after the next restart. That is what every partition of a new group looks like.
"""

from __future__ import annotations

from aiokafka.structs import TopicPartition
from faust.transport.drivers.aiokafka import Consumer


class RewindingConsumer(Consumer):  # type: ignore[misc]
    """Sets partitions without a committed offset back to their beginning."""

    async def perform_seek(self) -> None:
        """Set every partition back to what is next to do; those of changelogs are placed by the recovery."""
        await super().perform_seek()
        untouched = [
            tp for tp in self.assignment() if self._committed_offset[tp] is None and not self._is_changelog_tp(tp)
        ]
        if untouched:
            await self._thread.seek_to_beginning(*(TopicPartition(tp.topic, tp.partition) for tp in untouched))
            for tp in untouched:
                self._read_offset[tp] = None
