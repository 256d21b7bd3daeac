"""Records whose header names are not UTF-8: any producer can write them, and aiokafka gives up on the whole partition.

Kafka's protocol calls the names strings, its brokers do not look, and aiokafka fails on them whenever it meets them, so
one such message would end every worker that reads it. Here the batch it stands in is read again with names escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aiokafka.consumer import fetcher
from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import DefaultRecordBatch, _DefaultRecordBatchPy
from aiokafka.record.memory_records import _MemoryRecordsPy


def tolerate() -> None:
    """Let all consumers of this process read such records, from now on."""
    fetcher.MemoryRecords = _Records


class _Records(_MemoryRecordsPy):  # type: ignore[misc]
    """The batches of one fetch; which batch is which is found in Python, records are read by the compiled parser."""

    def next_batch(self) -> Any:
        raw = self._next_slice
        batch = super().next_batch()
        return _Batch(batch, raw) if isinstance(batch, DefaultRecordBatch) else batch


class _Batch:
    """A batch that is read a second time, slower, when the compiled parser refuses it."""

    def __init__(self, batch: Any, raw: memoryview) -> None:
        self._batch = batch
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __next__(self) -> Any:
        return next(self._batch)

    def __iter__(self) -> Iterator[Any]:
        read = 0
        try:
            for record in self._batch:
                read += 1
                yield record
        except (CorruptRecordException, UnicodeDecodeError):
            for position, record in enumerate(_read_again(self._raw)):
                if position >= read:
                    yield record


def _read_again(raw: memoryview) -> Iterator[Any]:
    """Read a batch with header names escaped.

    Raises:
        CorruptRecordException: it was not for the names that it could not be read.
    """
    batch = iter(_DefaultRecordBatchPy(raw))
    batch._buffer = _Escaping(batch._buffer)
    yield from batch


class _Escaping(bytearray):
    """Bytes whose parts decode whatever they hold."""

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        return _Escaping(found) if isinstance(key, slice) else found

    def decode(self, encoding: str = "utf-8", _: str = "strict") -> str:
        return super().decode(encoding, "backslashreplace")
