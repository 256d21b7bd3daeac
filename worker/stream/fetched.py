"""What was fetched, read within bounds, and whatever the names of its headers are.

Any producer can write names that are not UTF-8: Kafka's protocol calls them strings, its brokers do not look, and
aiokafka gives up on the whole partition, so one such message would end every worker that reads it. Here the batch it
stands in is read again with names escaped. Batches are unpacked here, too: aiokafka knows no bound, see `unpacking`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from aiokafka.consumer import fetcher
from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import DefaultRecordBatch
from aiokafka.record.memory_records import _MemoryRecordsPy

from worker.stream import unpacking

_LARGE_BYTES = 1024 * 1024
"""Batches larger than this are not given to the compiled parser, which makes objects of all headers at once."""
_TAKEN_BYTES = 4 * 1024 * 1024
"""Of one partition no more is made records at a time, or no more than was fetched: unpacked, that may be far more."""


def tolerate() -> None:
    """Let all consumers of this process read so, from now on."""
    fetcher.MemoryRecords = _Records
    fetcher.FetchResult = _Result


class _Result(fetcher.FetchResult):  # type: ignore[misc]
    """What was fetched of a partition, handed over in portions of so many bytes."""

    _partition_records: Any

    def getall(self, max_records: int | None = None) -> list[Any]:
        """Take the next portion, of so many records at most."""
        if not self.check_assignment(self._topic_partition) or not self.has_more():
            return []
        taken, size = [], 0
        most = max(_TAKEN_BYTES, self._partition_records._records.size_in_bytes())
        for record in self._partition_records:
            taken.append(record)
            size += len(record.key or b"") + len(record.value or b"")
            if size > most or len(taken) == max_records:
                self._update_position()
                return taken
        self._update_position()
        self._partition_records = None
        return taken


class _Records(_MemoryRecordsPy):  # type: ignore[misc]
    """The batches of one fetch; which batch is which is found in Python, records are read by the compiled parser."""

    def next_batch(self) -> Any:
        raw = self._next_slice
        batch = super().next_batch()
        return _Batch(batch, raw) if isinstance(batch, DefaultRecordBatch) else batch


class _Batch:
    """A batch that is unpacked within bounds, and read a second time, slower, when the compiled parser refuses it."""

    def __init__(self, batch: Any, raw: memoryview) -> None:
        self._batch = batch
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __next__(self) -> Any:
        return next(self._batch)

    def __iter__(self) -> Iterator[Any]:
        batch, raw = self._batch, self._raw
        if batch.compression_type:
            try:
                raw = memoryview(unpacking.unpacked(raw))
            except unpacking.TooLargeError:
                yield from unpacking.stand_ins(batch, raw)
                return
            batch = DefaultRecordBatch(raw)
        if len(raw) > _LARGE_BYTES:
            yield from unpacking.parsed(batch, raw)
            return
        read = 0
        try:
            for record in batch:
                read += 1
                yield record
        except (CorruptRecordException, UnicodeDecodeError):
            yield from islice(unpacking.parsed(batch, raw), read, None)
