"""A table whose keys belong to windows of event time, with retention and tombstones.

Built on a plain table with the window in the key. faust's own windowed tables expire entries by the wall clock, so a
replayed year is deleted while it is counted; they leak where expiry is off, and their expiry leaves the changelog
full. `tests/stream/test_native_windows.py` shows each of these; the decision is in docs/decisions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeVar

from worker.codec import MessageError
from worker.stream.outbox import Outbox
from worker.stream.tables import ConfirmedTable

T = TypeVar("T")


class WindowId(NamedTuple):
    """Which window: of which front, named by its last local day."""

    front: str
    day: date


def window_of(key: str) -> WindowId:
    """Read the window out of a key that ends in `front|date`, such as `region|front|date`."""
    *_, front, day = key.rsplit("|", 2)
    return WindowId(front, date.fromisoformat(day))


class WindowedTable:
    """Entries by key `region|front|date` or `front|date`, and an index from each window to its keys.

    What leaves a window leaves as a tombstone: in the table, and for the caller to publish.
    """

    def __init__(self, table: ConfirmedTable) -> None:
        self._table = table
        self._index: dict[int, dict[WindowId, set[str]]] = {}
        self._indexed_generation = -1

    @property
    def name(self) -> str:
        """The table's name."""
        return self._table.name

    def __len__(self) -> int:
        return len(self._table)

    def window(self, partition: int, window: WindowId) -> dict[str, bytes]:
        """Show all entries of one window."""
        entries = self._table.entries(partition)
        return {key: entries[key.encode()] for key in self._windows(partition).get(window, ())}

    def get(self, partition: int, key: str) -> bytes | None:
        """Return one entry, if there is one."""
        return self._table.get(partition, key.encode())

    def read(self, key: str, value: bytes, decode: Callable[[bytes], T]) -> T:
        """Decode what stands under a key, or a part of it.

        Raises:
            UnreadableStateError: `decode` raised MessageError.
        """
        try:
            return decode(value)
        except MessageError:
            raise self._table.unreadable(key.encode()) from None

    def windows(self, partition: int) -> frozenset[WindowId]:
        """List the windows that have entries."""
        return frozenset(self._windows(partition))

    async def put(self, outbox: Outbox, partition: int, key: str, value: bytes | None) -> None:
        """Write one entry, or delete it with None; durable when the outbox is confirmed."""
        windows = self._windows(partition)
        keys = windows.setdefault(window_of(key), set())
        if value is None:
            keys.discard(key)
            if not keys:
                del windows[window_of(key)]
        else:
            keys.add(key)
        await self._table.put(outbox, partition, key.encode(), value)

    def older_than(self, partition: int, front: str, day: date) -> list[str]:
        """List the keys of a front's windows that end before a day, for the caller to delete with tombstones.

        The day comes from event time; nothing here reads a clock.
        """
        windows = self._windows(partition)
        return sorted(
            key for window, keys in windows.items() if window.front == front and window.day < day for key in keys
        )

    def _windows(self, partition: int) -> dict[WindowId, set[str]]:
        if self._indexed_generation != self._table.generation:  # recovery may have replaced the entries
            self._index.clear()
            self._indexed_generation = self._table.generation
        if partition not in self._index:
            index: dict[WindowId, set[str]] = {}
            for key in self._table.keys(partition):
                try:
                    window = window_of(key.decode())
                except ValueError:  # no text, or no date at its end
                    raise self._table.unreadable(key) from None
                index.setdefault(window, set()).add(key.decode())
            self._index[partition] = index
        return self._index[partition]
