"""A table's entries in memory, kept apart by partition.

faust's own memory store keeps all partitions in one dictionary and forgets those it lost only for keys it once
recovered: a key written live, moved away and deleted elsewhere would come back with its partition. Here a partition
that is revoked takes its entries with it. Values are raw bytes; what they mean is the owner's business.
"""

# ruff: noqa: ARG002 (the signatures are faust's)

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from faust import stores
from faust.stores import base
from faust.types import TP, EventT

from worker.connection import ConfigurationError

SCHEME = "partitioned"

FORMAT: Final = 5
"""Grows whenever state is written that workers before could misread. 1 to 4 were not marked, and are told by their
looks: entries of the ledger as they came, packed; published tallies with the last message of their batch; articles with
the message that brought them. `tests/faults/states` has what each of them left."""
FORMAT_KEY: Final = b"\xffformat"
"""Of the record that tells the format of a changelog's partition; no entry has it, for their keys are text."""


class UnreadableStateError(ConfigurationError):
    """State was written by another worker, in a way that this one does not know."""

    def __init__(self, topic: str, why: str) -> None:
        super().__init__(
            f"can't read the state in topic {topic}: {why}; run the version that wrote it, or count anew: set"
            " DRONETALLY_APP_ID to another name, run `drone-tally topics apply`, and start"
        )


class PartitionedStore(base.Store):  # type: ignore[misc]
    """Entries by partition; `generation` grows with every rebalance."""

    def __post_init__(self) -> None:
        self.partitions: dict[int, dict[bytes, bytes]] = {}
        self.generation = 0
        self._read_to: dict[int, int] = {}
        self._formats: dict[int, int] = {}

    def __len__(self) -> int:
        return sum(len(entries) for entries in self.partitions.values())

    def persisted_offset(self, tp: TP) -> int:
        """Tell up to which offset the entries here were read from the changelog; -1 if there are none.

        faust keeps such offsets too, but not always forgets them with the partition: it would then read only the rest.
        """
        return self._read_to.get(tp.partition, -1)

    def forget(self) -> None:
        """Drop all entries and where they were read to; only right when a rebalance follows."""
        self.partitions.clear()
        self._read_to.clear()
        self._formats.clear()

    def marked(self, partition: int) -> bool:
        """Tell whether the partition is known to say that its state has our format."""
        return self._formats.get(partition) == FORMAT

    def mark(self, partition: int) -> None:
        """Remember that the partition says so."""
        self._formats[partition] = FORMAT

    def reset_state(self) -> None:
        """There is no file to remove."""

    async def backup_partition(self, tp: TP | int, flush: bool = True, purge: bool = False, keep: int = 1) -> None:
        """The changelog is the back-up."""

    def restore_backup(self, tp: TP | int, latest: bool = True, backup_id: int = 0) -> None:
        """The changelog is the back-up."""

    def apply_changelog_batch(
        self, batch: Iterable[EventT], to_key: Callable[[Any], Any], to_value: Callable[[Any], Any]
    ) -> None:
        """Take over records of the changelog in their order; a null value deletes."""
        # faust hands over what is left of a revoked partition to any table.
        self.take_over([e.message for e in batch if e.message.topic == self.table.changelog_topic_name])

    def take_over(self, records: Iterable[Any]) -> None:
        """Take over records of this table's changelog, with partition, offset, key and value, in their order.

        Raises:
            UnreadableStateError: they were written by a newer worker.
        """
        for record in records:
            self._read_to[record.partition] = record.offset
            if record.key == FORMAT_KEY:
                self._formats[record.partition] = self._known(record.value)
                continue
            entries = self.partitions.setdefault(record.partition, {})
            if record.value is None:
                entries.pop(record.key, None)
            else:
                entries[record.key] = record.value

    def _known(self, value: bytes | None) -> int:
        written = int(value) if value and value.isdigit() else -1
        if not 0 <= written <= FORMAT:
            why = f"a newer worker wrote it (format {written}, this one knows those up to {FORMAT})"
            raise UnreadableStateError(self.table.changelog_topic_name, why)
        return written

    async def on_rebalance(
        self, assigned: set[TP], revoked: set[TP], newly_assigned: set[TP], generation_id: int = 0
    ) -> None:
        """Forget partitions that are no longer ours, and whatever is left of those that become ours anew."""
        changelog = self.table.changelog_topic_name
        mine = {tp.partition for tp in assigned if tp.topic == changelog}
        anew = {tp.partition for tp in newly_assigned if tp.topic == changelog}
        self.partitions = {p: entries for p, entries in self.partitions.items() if p in mine and p not in anew}
        self._read_to = {p: offset for p, offset in self._read_to.items() if p in mine and p not in anew}
        self._formats = {p: written for p, written in self._formats.items() if p in mine and p not in anew}
        self.generation += 1

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        """Count once more: what was derived while entries were still coming back is derived again."""
        self.generation += 1


stores.STORES.aliases[SCHEME] = f"{__name__}:{PartitionedStore.__name__}"
