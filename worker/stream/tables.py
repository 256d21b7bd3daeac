"""Tables of raw bytes whose writes are confirmed, on faust's changelog and recovery.

faust finds the partition of a write in a hidden current event, which batches do not have, and sends the changelog
record unconfirmed. Here the partition is an argument and the record goes through the batch's outbox; faust keeps what
it does well, the assignment of changelog partitions and their recovery.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from worker.stream.outbox import Outbox
from worker.stream.store import FORMAT, FORMAT_KEY, SCHEME, PartitionedStore, UnreadableStateError
from worker.topics import changelog_topic

if TYPE_CHECKING:
    import faust


class ConfirmedTable:
    """Entries of bytes by partition and key."""

    def __init__(self, app: faust.App, name: str, partitions: int) -> None:
        self.name = name
        self._table = app.Table(
            name, store=f"{SCHEME}://local", partitions=partitions, key_type=bytes, value_type=bytes, default=None
        )
        self._topic = changelog_topic(app.conf.id, name)

    @property
    def _store(self) -> PartitionedStore:
        store: PartitionedStore = self._table.data
        return store

    @property
    def generation(self) -> int:
        """Grows with every rebalance: what was derived from the entries must then be derived anew."""
        return self._store.generation

    def __len__(self) -> int:
        return len(self._store)

    def forget(self) -> None:
        """Drop all entries: the next recovery reads them again from the beginning."""
        self._store.forget()

    def partitions(self) -> frozenset[int]:
        """Tell which partitions have entries here."""
        return frozenset(self._store.partitions)

    def entries(self, partition: int) -> Mapping[bytes, bytes]:
        """Show all entries of a partition."""
        return self._store.partitions.get(partition, {})

    def get(self, partition: int, key: bytes) -> bytes | None:
        """Read one entry."""
        return self.entries(partition).get(key)

    def keys(self, partition: int) -> Iterator[bytes]:
        """List the keys of a partition."""
        return iter(self.entries(partition))

    async def put(self, outbox: Outbox, partition: int, key: bytes, value: bytes | None) -> None:
        """Write one entry, or delete it with None; durable when the outbox is confirmed."""
        await outbox.require_ours()
        entries = self._store.partitions.setdefault(partition, {})
        if value is None:
            if entries.pop(key, None) is None:
                return
        else:
            entries[key] = value
        if not self._store.marked(partition):
            self._store.mark(partition)
            await outbox.send(self._topic, FORMAT_KEY, b"%d" % FORMAT, partition=partition)
        await outbox.send(self._topic, key, value, partition=partition)

    def unreadable(self, key: bytes) -> UnreadableStateError:
        """Say that what stands under a key can't be read: skipping it would count wrong from then on."""
        return UnreadableStateError(
            self._topic, f"the record of {key!r} is none that this version writes or ever wrote"
        )
