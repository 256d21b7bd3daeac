"""faust's recovery, fed with whole batches.

faust hands over the records of changelogs one by one: two tasks, a lock and a queue for each, and after each a sum
over all partitions of all tables whether more is to come. With a million claims in the ledger this was most of the time
a worker needed to come back. Here the consumer (`worker.stream.consumer`) delivers at once what it fetched of a
partition.

Nor does it survive brokers that are silent in its course: it gives each question to them 90 seconds, takes the end of
that time for its own stop (mode's `wait_first` returns the same for both), or fails with what aiokafka raises then; the
task ends, and no assignment is ever recovered again. Here it asks until it is answered, or until partitions move.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from faust.tables.recovery import Recovery
from mode import Service

from worker.stream.patience import until_answered

if TYPE_CHECKING:
    import faust
    from aiokafka.structs import ConsumerRecord
    from faust.types import TP


def install(app: faust.App) -> None:
    """Let the app's tables be recovered in this way; before it starts."""
    app.tables._recovery = SwiftRecovery(app, app.tables, beacon=app.tables.beacon)


class SwiftRecovery(Recovery):  # type: ignore[misc]
    """Recovers active partitions; there are no stand-by ones here."""

    _behind: TP | None = None

    @Service.task  # type: ignore[untyped-decorator]
    async def _slurp_changelogs(self) -> None:
        """Read no queue of changelog records, for nobody fills it.

        Every five seconds faust's loop takes back that the recovery has ended, whether or not anybody has heard it: the
        end of a recovery that came while its streams were being resumed would be lost, and waited for for ever.
        """

    async def _wait(self, coro: Any, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109 (faust's signature)
        """Wait without a limit, until the service stops or partitions move."""
        await super()._wait(coro)

    async def _build_highwaters(self, *arguments: Any) -> None:
        await until_answered(lambda: super(SwiftRecovery, self)._build_highwaters(*arguments))

    async def _build_offsets(self, *arguments: Any) -> None:
        await until_answered(lambda: super(SwiftRecovery, self)._build_offsets(*arguments))

    async def _seek_offsets(self, *arguments: Any) -> None:
        await until_answered(lambda: super(SwiftRecovery, self)._seek_offsets(*arguments))

    def _set_recovery_started(self) -> None:
        """Begin; the end of the last one must not be taken for that of this one.

        The end is not taken back before: records may be here before anybody waits for it.
        """
        self.signal_recovery_end.clear()
        super()._set_recovery_started()

    def need_recovery(self) -> bool:
        """Tell whether any partition is behind; the one last found behind is looked at first."""
        if self._behind is not None:
            highwater, offset = self.active_highwaters.get(self._behind), self.active_offsets.get(self._behind)
            if highwater is not None and offset is not None and highwater > offset:
                return True
        self._behind = next((tp for tp, remaining in self.active_remaining().items() if remaining > 0), None)
        return self._behind is not None

    def deliver(self, tp: TP, records: Sequence[ConsumerRecord[bytes, bytes]]) -> None:
        """Give a table what was fetched of its changelog; what is left of an earlier assignment belongs to none."""
        table = self.tp_to_table.get(tp) if tp in self.active_tps else None
        if table is None:
            return
        seen = self.active_offsets.get(tp)
        fresh = [record for record in records if seen is None or record.offset > seen]
        if fresh:
            table.data.take_over(fresh)
            self.active_offsets[tp] = fresh[-1].offset
        self._active_events_received_at[tp] = self._last_active_event_processed_at = monotonic()
        if not self.tables.standbys_ready:
            self.tables.on_standbys_ready()
        if self.in_recovery and not self.need_recovery():
            self._set_recovery_ended()
            self.signal_recovery_end.set()
